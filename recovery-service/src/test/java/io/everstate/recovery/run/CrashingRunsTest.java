package io.everstate.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.RecoveryEvent;
import io.everstate.recovery.alert.AlertKind;
import io.everstate.recovery.peer.Archives;
import io.everstate.recovery.peer.BotFleet;
import io.everstate.recovery.peer.PeerException;
import io.everstate.recovery.peer.ProcessSupervisor;
import io.everstate.recovery.plan.step.Peers;
import io.everstate.recovery.world.Chaos;
import io.everstate.recovery.world.Chaos.Crash;
import io.everstate.recovery.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs in which the process dies between any two writes or actions, and peers fail now and then; the next process goes on. */
@Tag("BD10")
class CrashingRunsTest {
    private final RunLab lab = new RunLab();
    private Chaos.Fate fate = call -> {};

    private RunMachine freshProcess() {
        var real = lab.world.peers();
        var peers = new Peers(
                Chaos.before(BotFleet.class, real.fleet(), () -> fate),
                real.records(),
                Chaos.before(Archives.class, real.archives(), () -> fate),
                Chaos.before(ProcessSupervisor.class, real.supervisor(), () -> fate),
                real.probe());
        return lab.machine(Chaos.before(RunStore.class, lab.store, () -> fate), peers, "me");
    }

    /** @return how many calls there were */
    private int workOffInCrashingProcesses() {
        int crashes = 0;
        while (true) {
            try {
                lab.workOff(freshProcess());
                return crashes;
            } catch (Crash | PeerException endOrStoreAway) {
                crashes++;
                lab.clock.advance(Duration.ofSeconds(1));
            }
        }
    }

    private void damageFiles() {
        lab.world.archive.write(World.STATE_FILE, "");
        lab.world.archive.delete(World.CONFIG_FILE);
    }

    private void checkInvariants(Run run, List<BotId> runningBefore, List<BotId> stayRunning) {
        assertThat(run).as(run.toString()).isInstanceOf(Run.Completed.class);
        assertThat(lab.world.archive.content(World.STATE_FILE)).contains("{\"state\":1}");
        assertThat(lab.world.archive.content(World.CONFIG_FILE)).contains("{\"alerts\":true}");
        assertThat(lab.world.archive.restoredPaths().stream().flatMap(List::stream))
                .as("what is sound is not touched")
                .doesNotContain(World.SECRETS_FILE);
        assertThat(lab.world.running()).hasSameElementsAs(stayRunning);
        assertThat(runningBefore.containsAll(lab.world.running())).isTrue();
        assertThat(lab.store.events.stream().filter(RecoveryEvent.StepDone.class::isInstance))
                .as("each step is announced once")
                .hasSize(run.steps().size());
        assertThat(lab.store.alerts)
                .extracting(alert -> alert.kind())
                .containsExactly(AlertKind.DISASTER_DETECTED, AlertKind.RECOVERY_FINISHED);
    }

    private void recoverFrom(DisasterType type) {
        var running = lab.world.running();
        if (type == DisasterType.SYSTEM_CRASH) {
            var resumed = lab.world.peers().records().bots().stream()
                    .filter(bot -> running.contains(bot.id()))
                    .filter(bot -> bot.configuration().restartPolicy() == RestartPolicy.RESUME)
                    .map(bot -> bot.id())
                    .toList();
            lab.world.processes.kill("bot-service");
            var disaster = lab.open(type, "bot-service");
            workOffInCrashingProcesses();
            checkInvariants(lab.ended(disaster), running, resumed);
        } else {
            var disaster = lab.open(type, World.WORKSPACE);
            workOffInCrashingProcesses();
            checkInvariants(lab.ended(disaster), running, running);
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void succeedsWhateverDiesAndFailsInBetween(long seed) {
        var random = new Random(seed);
        fate = call -> {
            if (random.nextInt(12) == 0) {
                throw new Crash(call);
            }
            if (random.nextInt(12) == 0) {
                throw new PeerException(ProblemType.UNAVAILABLE, "no answer " + call, null);
            }
        };
        damageFiles();

        recoverFrom(random.nextBoolean() ? DisasterType.SYSTEM_CRASH : DisasterType.DATA_CORRUPTION);
    }

    static IntStream calls() {
        return IntStream.rangeClosed(1, 160);
    }

    /** The whole plan has fewer calls than that; later ones never crash. */
    @ParameterizedTest(name = "crash at call {0}")
    @MethodSource("calls")
    void succeedsAfterACrashAtExactlyOneCall(int which) {
        var count = new int[1];
        fate = call -> {
            if (++count[0] == which) {
                throw new Crash(call);
            }
        };
        damageFiles();

        recoverFrom(DisasterType.DATA_CORRUPTION);
    }
}
