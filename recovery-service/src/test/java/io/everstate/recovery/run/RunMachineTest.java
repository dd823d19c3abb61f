package io.everstate.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView.Evidence;
import io.everstate.recovery.alert.AlertKind;
import io.everstate.recovery.disaster.Finding;
import io.everstate.recovery.run.RunMachine.Work;
import io.everstate.recovery.world.World;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RunMachineTest {
    private final RunLab lab = new RunLab();

    private Run run(DisasterType type, String subject) {
        var disaster = lab.open(type, subject);
        lab.workOff(lab.machine());
        return lab.ended(disaster);
    }

    private List<String> names(Run run) {
        return run.steps().stream().map(RunStep::name).toList();
    }

    @Test
    @Tag("BD10")
    void goesThroughTheStepsOfDataCorruptionInTheirOrder() {
        lab.world.archive.write(World.STATE_FILE, "");

        var run = run(DisasterType.DATA_CORRUPTION, World.WORKSPACE);

        assertThat(names(run))
                .containsExactly(
                        "Stop the bots",
                        "Verify the backups",
                        "Restore the state files from the newest backup",
                        "Restore the configuration files",
                        "Validate the restored files",
                        "Restart the bots with the restored state");
        assertThat(RunLab.outcome(run, 1)).isEqualTo("stopped 3 running bots");
        assertThat(RunLab.outcome(run, 3))
                .contains("restored logs/bot_state.json")
                .contains("safety backup");
        assertThat(RunLab.outcome(run, 4)).startsWith("not needed");
        assertThat(RunLab.outcome(run, 6)).isEqualTo("3 of the 3 bots that were stopped run again");
        assertThat(lab.world.archive.restoredPaths()).containsExactly(List.of(World.STATE_FILE));
        assertThat(lab.meters
                        .counter("everstate.runs", "type", "DATA_CORRUPTION", "outcome", "COMPLETED")
                        .count())
                .isEqualTo(1);
    }

    @Test
    @Tag("BD10")
    void goesThroughTheStepsOfConfigLossInTheirOrder() {
        lab.world.archive.delete(World.SECRETS_FILE);

        var run = run(DisasterType.CONFIG_LOSS, World.WORKSPACE);

        assertThat(names(run))
                .containsExactly(
                        "Stop the bots",
                        "Restore the configuration files",
                        "Validate the configuration",
                        "Restart the bots");
        assertThat(lab.world.archive.content(World.SECRETS_FILE)).contains("KEY=1");
    }

    @Test
    @Tag("BD10")
    void goesThroughTheStepsOfSystemCrashInTheirOrder() {
        lab.world.processes.kill("bot-service");

        var run = run(DisasterType.SYSTEM_CRASH, "bot-service");

        assertThat(names(run))
                .containsExactly(
                        "Assess the damage",
                        "Check the state of the processes",
                        "Restore from the newest full backup",
                        "Recreate missing directories",
                        "Restore the configuration",
                        "Restore the state",
                        "Restart all services");
        assertThat(List.of(
                        RunLab.outcome(run, 3), RunLab.outcome(run, 4), RunLab.outcome(run, 5), RunLab.outcome(run, 6)))
                .as("a healthy workspace is not overwritten")
                .allMatch(outcome -> outcome.startsWith("not needed"));
        assertThat(lab.world.archive.restoredPaths()).isEmpty();
        assertThat(lab.world.processes.restarts()).containsExactly("bot-service");
        assertThat(lab.world.fleet.journal()).as("bots go on by their policy").isEmpty();
    }

    @Test
    void asksForNoRestartWhenTheProcessWasStartedAlready() {
        lab.world.processes.kill("bot-service");
        lab.world.processes.start("bot-service");

        var run = run(DisasterType.SYSTEM_CRASH, "bot-service");

        assertThat(RunLab.outcome(run, 7)).startsWith("not needed: every process was started already");
        assertThat(lab.world.processes.restarts()).isEmpty();
    }

    @Test
    void restoresWhatTheCrashBrokeAndRecreatesDirectories() {
        lab.world.archive.write(World.STATE_FILE, "torn");
        lab.world.archive.loseDirectory("scripts");
        lab.world.processes.kill("bot-service");

        var run = run(DisasterType.SYSTEM_CRASH, "bot-service");

        assertThat(run).isInstanceOf(Run.Completed.class);
        assertThat(lab.world.archive.restoredPaths()).containsExactly(List.of(World.STATE_FILE), List.of("scripts"));
    }

    @Test
    void bringsBackupServiceUpBeforeTheRestoresThatNeedIt() {
        lab.world.archive.write(World.STATE_FILE, "");
        lab.world.processes.kill("bot-service");
        lab.world.processes.kill("backup-service");

        var run = run(DisasterType.SYSTEM_CRASH, "bot-service");

        assertThat(run).isInstanceOf(Run.Completed.class);
        assertThat(lab.world.processes.restarts()).containsExactly("backup-service", "bot-service");
        assertThat(lab.world.archive.content(World.STATE_FILE)).contains("{\"state\":1}");
    }

    @Test
    void waitsUntilTheBotsThatRanGoOn() {
        var bot = lab.world.running().getFirst();
        lab.world.processes.kill("bot-service");
        var disaster = lab.open(DisasterType.SYSTEM_CRASH, "bot-service");
        var machine = lab.machine();
        while (!(lab.ended(disaster) instanceof Run.Running running
                && running.current().number() == 7)) {
            machine.work();
        }
        lab.world.processes.start("bot-service");
        lab.world.fleet.leaveStopped(bot);
        for (int bits = 0; bits < 20; bits++) {
            machine.work();
        }
        assertThat(lab.ended(disaster)).as("one bot does not go on").isInstanceOf(Run.Running.class);

        lab.world.fleet.goOn(bot);
        lab.workOff(machine);

        assertThat(RunLab.outcome(lab.ended(disaster), 7)).contains("2 bots run");
    }

    @Test
    void doesNotWaitForABotWhoseTapeHasEnded() {
        var bot = lab.world.running().getFirst();
        lab.world.processes.kill("bot-service");
        var disaster = lab.open(DisasterType.SYSTEM_CRASH, "bot-service");
        var machine = lab.machine();
        while (!(lab.ended(disaster) instanceof Run.Running running
                && running.current().number() == 7)) {
            machine.work();
        }
        lab.world.fleet.endOfTape(bot);

        lab.workOff(machine);

        assertThat(lab.ended(disaster)).isInstanceOf(Run.Completed.class);
    }

    @Test
    @Tag("BD7")
    void takesAnOlderBackupWhenTheNewestTurnsOutCorrupted() {
        lab.world.archive.write(World.STATE_FILE, "");
        var backups = lab.world.archive.backups(World.WORKSPACE);
        lab.world.archive.rot(backups.getLast().id());

        var run = run(DisasterType.DATA_CORRUPTION, World.WORKSPACE);

        assertThat(run).isInstanceOf(Run.Completed.class);
        assertThat(RunLab.outcome(run, 3)).contains("did not help: a checksum differs");
        assertThat(lab.world.archive.restoredBackups())
                .containsExactly(backups.getLast().id(), backups.getFirst().id());
    }

    @Test
    void failsAndSaysWhichBotsStayStoppedWhenNoBackupHelps() {
        lab.world.archive.write(World.STATE_FILE, "");
        lab.world.archive.backups(World.WORKSPACE).forEach(backup -> lab.world.archive.rot(backup.id()));

        var run = run(DisasterType.DATA_CORRUPTION, World.WORKSPACE);

        assertThat(run)
                .isInstanceOfSatisfying(
                        Run.Failed.class,
                        failed -> assertThat(failed.reason())
                                .startsWith("step 3")
                                .contains("no verified backup restores logs/bot_state.json"));
        assertThat(lab.store.alerts.getLast().kind()).isEqualTo(AlertKind.RECOVERY_FAILED);
        assertThat(lab.store.alerts.getLast().text()).contains("Bots that this run stopped: [");
    }

    @Test
    void stopsNoBotWhenTheDamageIsGoneAlready() {
        var run = run(DisasterType.CONFIG_LOSS, World.WORKSPACE);

        assertThat(run).isInstanceOf(Run.Completed.class);
        assertThat(lab.world.fleet.journal()).isEmpty();
    }

    @Test
    void doesNotStartABotInEmergencyStopAgain() {
        var bot = lab.world.running().getFirst();
        lab.world.archive.write(World.STATE_FILE, "");
        var disaster = lab.open(DisasterType.DATA_CORRUPTION, World.WORKSPACE);
        var machine = lab.machine();
        while (!lab.world.running().isEmpty()) {
            machine.work();
        }
        lab.world.fleet.emergency(bot);

        lab.workOff(machine);

        assertThat(RunLab.outcome(lab.ended(disaster), 6)).startsWith("2 of the 3 bots");
        assertThat(lab.world.running()).doesNotContain(bot);
    }

    @Test
    void failsWhenAStepWaitsBeyondItsPatience() {
        lab.world.archive.write(World.STATE_FILE, "");
        lab.world.archive.restoreSlowly(Integer.MAX_VALUE);

        var run = run(DisasterType.DATA_CORRUPTION, World.WORKSPACE);

        assertThat(run)
                .isInstanceOfSatisfying(
                        Run.Failed.class,
                        failed -> assertThat(failed.reason()).contains("waited too long for restore"));
        assertThat(Duration.between(run.startedAt(), lab.clock.instant())).isGreaterThan(Duration.ofMinutes(5));
    }

    @Test
    void failsAfterTooManyFailuresWithGrowingPauses() {
        lab.world.archive.write(World.STATE_FILE, "");
        lab.world.processes.kill("bot-service");

        var run = run(DisasterType.DATA_CORRUPTION, World.WORKSPACE);

        assertThat(run)
                .isInstanceOfSatisfying(
                        Run.Failed.class,
                        failed -> assertThat(failed.reason()).contains("bot-service does not answer (30 failures)"));
        assertThat(Duration.between(run.startedAt(), lab.clock.instant())).isGreaterThan(Duration.ofMinutes(2));
    }

    @Test
    void doesNotChargeAStepForTheTimeInWhichNobodyWorkedOnTheRun() {
        lab.world.archive.write(World.STATE_FILE, "");
        lab.world.archive.restoreSlowly(5);
        var disaster = lab.open(DisasterType.DATA_CORRUPTION, World.WORKSPACE);
        while (lab.world.archive.restores().isEmpty()) {
            lab.machine().work();
        }
        lab.clock.advance(Duration.ofHours(2));

        lab.workOff(lab.machine());

        assertThat(lab.ended(disaster)).isInstanceOf(Run.Completed.class);
    }

    @Test
    void worksOnTheCrashBeforeTheFilesThatWereFoundEarlier() {
        lab.world.archive.delete(World.CONFIG_FILE);
        var loss = lab.open(DisasterType.CONFIG_LOSS, World.WORKSPACE);
        lab.world.processes.kill("bot-service");
        var crash = lab.open(DisasterType.SYSTEM_CRASH, "bot-service");
        var machine = lab.machine();

        while (lab.ended(crash) instanceof Run.Running) {
            machine.work();
        }

        assertThat(lab.ended(loss)).isInstanceOf(Run.Running.class);
        lab.workOff(machine);
        assertThat(RunLab.outcome(lab.ended(loss), 2))
                .as("the crash's plan has done it")
                .startsWith("not needed");
    }

    @Test
    void leavesTheRunToAnotherReplicaThatHoldsIt() {
        lab.world.archive.delete(World.CONFIG_FILE);
        lab.open(DisasterType.CONFIG_LOSS, World.WORKSPACE);
        lab.machine().work();

        var other = lab.machine(lab.store, lab.world.peers(), "other").work();

        assertThat(other).isEqualTo(Work.NONE);
    }

    @Test
    void detectsAFailedRecoveryAgainOnlyAfterItsCoolDown() {
        lab.world.archive.write(World.STATE_FILE, "");
        lab.world.archive.backups(World.WORKSPACE).forEach(backup -> lab.world.archive.rot(backup.id()));
        run(DisasterType.DATA_CORRUPTION, World.WORKSPACE);
        var at = lab.clock.instant();
        var evidence = List.of(new Evidence("one", "", at), new Evidence("two", "", at));
        var finding = new Finding(DisasterType.DATA_CORRUPTION, World.WORKSPACE, at, at, evidence);

        assertThat(lab.service().open(finding)).isEmpty();
        lab.clock.advance(Duration.ofSeconds(61));

        assertThat(lab.service().open(finding)).isPresent();
    }

    @Test
    void choosesNoSafetyBackupThatHoldsTheDamage() {
        lab.world.archive.write(World.STATE_FILE, "");
        lab.world.archive.backUp(BackupKind.FULL, "Safety backup before restoring " + new UUID(0, 9));

        run(DisasterType.DATA_CORRUPTION, World.WORKSPACE);

        assertThat(lab.world.archive.restoredPaths()).hasSize(1);
        assertThat(lab.world.archive.content(World.STATE_FILE)).contains("{\"state\":1}");
    }
}
