package io.everstate.recovery.run;

import io.everstate.contracts.recovery.RecoveryEvent;
import io.everstate.contracts.recovery.RecoveryEvent.DisasterDetected;
import io.everstate.contracts.recovery.RecoveryEvent.RunCompleted;
import io.everstate.contracts.recovery.RecoveryEvent.RunFailed;
import io.everstate.contracts.recovery.RecoveryEvent.RunStarted;
import io.everstate.contracts.recovery.RecoveryEvent.StepDone;
import io.everstate.recovery.alert.Alert;
import io.everstate.recovery.alert.AlertKind;
import io.everstate.recovery.disaster.Disaster;
import io.everstate.recovery.run.Run.Completed;
import io.everstate.recovery.run.Run.Failed;
import io.everstate.recovery.run.Run.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of each change of a run. */
final class Announcements {
    private Announcements() {}

    static Announcement opened(Disaster disaster, Instant now) {
        var type = disaster.type();
        List<RecoveryEvent> events = List.of(
                new DisasterDetected(disaster.id(), type, type.severity(), disaster.subject(), disaster.detectedAt()),
                new RunStarted(disaster.runId(), disaster.id(), type, disaster.subject(), now));
        var findings = disaster.evidence().stream()
                .map(evidence -> evidence.signal() + ": " + evidence.finding())
                .collect(Collectors.joining("; "));
        var text = "Disaster " + type + " (severity " + type.severity() + " of 10) of " + disaster.subject() + ". "
                + findings;
        return new Announcement(events, List.of(Alert.of(AlertKind.DISASTER_DETECTED, text, now)));
    }

    /** @param after the run with its newest step done */
    static Announcement stepDone(Running before, Run after) {
        var step = after.steps().get(before.current().number() - 1);
        var done = (StepState.Done) step.state();
        var event = new StepDone(after.id(), step.number(), step.name(), done.outcome(), done.finishedAt());
        return after instanceof Completed completed ? completed(event, completed) : Announcement.of(event);
    }

    private static Announcement completed(StepDone step, Completed run) {
        var disaster = run.disaster();
        var event = new RunCompleted(run.id(), disaster.id(), disaster.type(), disaster.subject(), run.finishedAt());
        var took = Duration.between(disaster.detectedAt(), run.finishedAt()).toMillis() / 1000.0;
        var text = "Recovered from " + disaster.type() + " of " + disaster.subject() + ", " + took
                + " s after its detection.";
        return new Announcement(
                List.of(step, event), List.of(Alert.of(AlertKind.RECOVERY_FINISHED, text, run.finishedAt())));
    }

    static Announcement failed(Failed run) {
        var disaster = run.disaster();
        var event = new RunFailed(
                run.id(), disaster.id(), disaster.type(), disaster.subject(), run.reason(), run.finishedAt());
        var text = "Recovery from " + disaster.type() + " of " + disaster.subject() + " failed at " + run.reason()
                + stoppedBots(run) + " A person is needed.";
        return new Announcement(List.of(event), List.of(Alert.of(AlertKind.RECOVERY_FAILED, text, run.finishedAt())));
    }

    private static String stoppedBots(Failed run) {
        var stopped = run.memory().stopped();
        return stopped == null || stopped.isEmpty() ? "." : ". Bots that this run stopped: " + stopped + ".";
    }
}
