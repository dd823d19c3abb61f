package io.everstate.recovery.detection;

import static io.everstate.contracts.recovery.DisasterType.CONFIG_LOSS;
import static io.everstate.contracts.recovery.DisasterType.DATA_CORRUPTION;
import static io.everstate.contracts.recovery.DisasterType.SYSTEM_CRASH;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.TestConfigurations;
import io.everstate.recovery.disaster.Disaster;
import io.everstate.recovery.run.RunLab;
import io.everstate.recovery.world.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("BD10")
class DisasterWatchTest {
    private final RunLab lab = new RunLab(World::healthy);
    private final DisasterWatch watch = watch(lab);

    private static DisasterWatch watch(RunLab lab) {
        var config =
                TestConfigurations.of(DetectionConfig.class, Map.of("everstate.detection.confirm-after", "PT0.001S"));
        var peers = lab.world.peers();
        var observer = new Observer(peers.probe(), peers.supervisor(), peers.archives(), lab.clock, Runnable::run);
        var services = new ServiceWatch(observer, config, lab.clock);
        return new DisasterWatch(services, new WorkspaceWatch(observer, config.confirmAfter()), lab.service(), config);
    }

    private void look() {
        lab.clock.advance(Duration.ofSeconds(2));
        watch.lookAtServices();
        watch.lookAtWorkspaces();
    }

    @Test
    void findsNothingWhenAllIsWell() {
        for (int looks = 0; looks < 10; looks++) {
            look();
        }

        assertThat(lab.opened()).isEmpty();
    }

    @Test
    void findsNothingInAnEmptyFleetWithoutAnyBackup() {
        var empty = new RunLab(World::new);
        var watched = watch(empty);
        for (int looks = 0; looks < 10; looks++) {
            empty.clock.advance(Duration.ofSeconds(2));
            watched.lookAtServices();
            watched.lookAtWorkspaces();
        }

        assertThat(empty.opened()).isEmpty();
    }

    @Test
    void opensADisasterOnceHoweverOftenItIsSeen() {
        lab.world.archive.write(World.STATE_FILE, "");
        for (int looks = 0; looks < 10; looks++) {
            look();
        }

        assertThat(lab.opened()).containsExactly(DATA_CORRUPTION);
    }

    @Test
    void findsCorruptionAndLossInTheSameWorkspace() {
        lab.world.archive.write(World.STATE_FILE, "no json");
        lab.world.archive.delete(World.CONFIG_FILE);
        look();
        look();

        assertThat(lab.opened()).containsExactly(DATA_CORRUPTION, CONFIG_LOSS);
    }

    @Test
    void takesADeadBackupServiceForOneDisasterAndNotThree() {
        lab.world.archive.write(World.STATE_FILE, "");
        lab.world.archive.delete(World.CONFIG_FILE);
        lab.world.processes.kill("backup-service");
        for (int looks = 0; looks < 5; looks++) {
            look();
        }

        assertThat(lab.opened()).containsExactly(SYSTEM_CRASH);
    }

    @Test
    void leavesFilesToTheRecoveryFromACrashUntilThatHasEnded() {
        lab.world.archive.delete(World.CONFIG_FILE);
        lab.world.processes.kill("bot-service");
        look();
        look();
        look();
        assertThat(lab.opened()).containsExactly(SYSTEM_CRASH);

        lab.workOff();
        look();
        look();

        assertThat(lab.opened()).as("the plan has restored the file").containsExactly(SYSTEM_CRASH);
        assertThat(lab.world.archive.content(World.CONFIG_FILE)).isPresent();
    }

    @Test
    void keepsAFindingWhileTheDatabaseIsAwayAndRecordsItAfterwards() {
        look();
        lab.databaseAway(true);
        lab.world.processes.kill("bot-service");
        look();
        lab.world.processes.start("bot-service");
        look();
        assertThat(lab.opened()).isEmpty();

        lab.databaseAway(false);
        look();

        assertThat(lab.opened()).containsExactly(SYSTEM_CRASH);
    }

    @Test
    void looksASecondTimeAtOnceWhenAskedAndSomethingIsSuspected() {
        lab.world.archive.delete(World.CONFIG_FILE);

        var open = watch.check();

        assertThat(open).extracting(Disaster::type).containsExactly(CONFIG_LOSS);
        assertThat(watch.checked())
                .containsExactly("bot-service", "state-service", "backup-service", "workspace " + World.WORKSPACE);
    }

    @Test
    void warnsAtOnceOfALostFileThatNoBackupHolds() {
        var lost = new RunLab(World::new);
        var watched = watch(lost);

        var open = watched.check();

        assertThat(open).isEmpty();
        assertThat(watched.warnings())
                .contains(World.CONFIG_FILE + " of workspace " + World.WORKSPACE
                        + " is MISSING, and no backup holds it: put it there yourself");
    }

    @Test
    void warnsOfNothingThatABackupHolds() {
        lab.world.archive.delete(World.CONFIG_FILE);

        watch.check();

        assertThat(watch.warnings()).isEmpty();
    }
}
