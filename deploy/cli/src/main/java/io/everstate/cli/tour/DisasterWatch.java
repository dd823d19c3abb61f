package io.everstate.cli.tour;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Poll;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView;
import io.everstate.contracts.recovery.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits until recovery-service has seen a disaster by itself and its plan is through. */
final class DisasterWatch {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Rescue rescue;
    private final Progress progress;

    DisasterWatch(Rescue rescue, Progress progress) {
        this.rescue = rescue;
        this.progress = progress;
    }

    /** @param struckAt when the tour did it */
    Recovery await(DisasterType type, Instant struckAt) {
        DisasterView disaster = Poll.until(() -> patiently(() -> detected(type, struckAt)), LOOK, PATIENCE)
                .orElseThrow(() -> tooLate(type + " was not detected"));
        Duration detectedAfter = Duration.between(struckAt, disaster.detectedAt());
        progress.step("detected: " + type + " of " + disaster.subject() + " after " + Recovery.seconds(detectedAfter));
        disaster.evidence().forEach(evidence -> progress.aside(evidence.signal() + ": " + evidence.finding()));
        RunView run = Poll.until(() -> patiently(() -> finished(disaster)), LOOK, PATIENCE)
                .orElseThrow(() -> tooLate("the plan against " + type + " did not come to its end"));
        run.steps()
                .forEach(step -> progress.aside("step " + step.number() + ", " + step.name() + ": " + step.status()
                        + (step.outcome() == null ? "" : ", " + step.outcome())));
        if (run.status() != RunView.Status.COMPLETED || run.finishedAt() == null) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "the plan against " + type + " " + run.status() + ": " + run.failure());
        }
        Duration recoveredAfter = Duration.between(struckAt, run.finishedAt());
        progress.step("recovered from " + type + " after " + Recovery.seconds(recoveredAfter));
        return new Recovery(type, detectedAfter, recoveredAfter);
    }

    private Optional<DisasterView> detected(DisasterType type, Instant after) {
        return rescue.disasters().stream()
                .filter(disaster -> disaster.type() == type)
                .filter(disaster -> disaster.detectedAt().isAfter(after))
                .findFirst();
    }

    private Optional<RunView> finished(DisasterView detected) {
        return rescue.disasters().stream()
                .filter(disaster -> disaster.id().equals(detected.id()))
                .flatMap(disaster -> Optional.ofNullable(disaster.runId()).stream())
                .map(rescue::run)
                .filter(run -> run.status() != RunView.Status.RUNNING)
                .findFirst();
    }

    /** A service that is away in the middle of a disaster is asked again. */
    private static <T> Optional<T> patiently(Supplier<Optional<T>> look) {
        try {
            return look.get();
        } catch (CommandFailedException e) {
            return Optional.empty();
        }
    }

    private static CommandFailedException tooLate(String what) {
        return new CommandFailedException(ExitCode.FAILED, what + " within " + PATIENCE.toSeconds() + " s");
    }
}
