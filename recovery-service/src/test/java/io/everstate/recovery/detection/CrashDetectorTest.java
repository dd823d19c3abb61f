package io.everstate.recovery.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView.Evidence;
import io.everstate.contracts.supervision.ServiceView;
import io.everstate.contracts.supervision.ServiceView.State;
import io.everstate.recovery.detection.ServiceObservation.Supervision;
import io.everstate.recovery.disaster.Finding;
import io.everstate.recovery.peer.ServiceProbe.Knock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("BD10")
class CrashDetectorTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Knock YES = new Knock(true, "answers 200");
    private static final Knock NO = new Knock(false, "ConnectException");
    private static final Supervision NOBODY = new Supervision.Unknown("no supervisor is configured");

    private final CrashDetector detector = new CrashDetector("bot-service", 3, Duration.ofMinutes(1), START);
    private Instant now = START;

    private Optional<Finding> look(Knock health, Knock port, Supervision supervision) {
        now = now.plusSeconds(2);
        return detector.look(new ServiceObservation("bot-service", now, health, port, supervision));
    }

    private static Supervision process(State state, int crashes) {
        return process(state, crashes, crashes);
    }

    private static Supervision process(State state, int restarts, int crashes) {
        var exitedAt = state == State.DOWN ? START.plusSeconds(3) : null;
        var exitCode = state == State.DOWN ? 137 : null;
        return new Supervision.Reported(
                new ServiceView("bot-service", state, 100L + restarts, restarts, crashes, START, exitedAt, exitCode));
    }

    @Test
    void findsACrashWhenHealthIsSilentAndTheProcessIsDown() {
        look(YES, YES, process(State.UP, 0));

        var finding = look(NO, NO, process(State.DOWN, 0)).orElseThrow();

        assertThat(finding.type()).isEqualTo(DisasterType.SYSTEM_CRASH);
        assertThat(finding.subject()).isEqualTo("bot-service");
        assertThat(finding.beganAt()).as("the supervisor saw the exit first").isEqualTo(START.plusSeconds(3));
        assertThat(finding.detectedAt()).isEqualTo(now);
        assertThat(finding.evidence()).extracting(Evidence::signal).containsExactly("health endpoint", "supervisor");
        assertThat(finding.evidence().getLast().finding()).contains("DOWN").contains("exit code 137");
    }

    @Test
    void findsACrashWhenHealthIsSilentAndTheProcessWasStartedAnewAfterACrash() {
        look(YES, YES, process(State.UP, 0));

        var finding = look(NO, NO, process(State.STARTING, 1));

        assertThat(finding).isPresent();
    }

    @Test
    void findsNothingWhenAServiceWasRestartedOnPurpose() {
        look(YES, YES, process(State.UP, 1, 1));

        assertThat(look(NO, NO, process(State.STARTING, 2, 1))).isEmpty();
        assertThat(look(NO, NO, process(State.STARTING, 2, 1))).isEmpty();
    }

    @Test
    void findsACrashBesideARestartOnPurpose() {
        look(YES, YES, process(State.UP, 0, 0));

        assertThat(look(NO, NO, process(State.STARTING, 2, 1))).isPresent();
    }

    @Test
    void findsNothingWhenOnlyTheProcessIsDown() {
        assertThat(look(YES, YES, process(State.DOWN, 0))).isEmpty();
    }

    @Test
    void findsNothingWhenOnlyHealthIsSilent() {
        look(YES, YES, process(State.UP, 0));

        for (int looks = 0; looks < 10; looks++) {
            assertThat(look(NO, NO, process(State.UP, 0)))
                    .as("a process that hangs")
                    .isEmpty();
        }
    }

    @Test
    void findsNothingWhileAServiceIsSlowToStart() {
        for (int looks = 0; looks < 60; looks++) {
            assertThat(look(NO, NO, process(State.STARTING, 0))).isEmpty();
        }
    }

    @Test
    void findsNothingWhenAServiceWasStoppedOnPurpose() {
        look(YES, YES, process(State.UP, 0));

        assertThat(look(NO, NO, process(State.STOPPED, 0))).isEmpty();
        assertThat(look(NO, NO, process(State.STOPPED, 1))).isEmpty();
    }

    @Test
    void findsNothingWhenTheSupervisorItselfBeganAnew() {
        look(YES, YES, process(State.UP, 4));

        assertThat(look(NO, NO, process(State.STARTING, 0))).isEmpty();
    }

    @Test
    void findsACrashWithoutASupervisorAfterEnoughMissesOfBothPorts() {
        look(YES, YES, NOBODY);

        assertThat(look(NO, NO, NOBODY)).isEmpty();
        assertThat(look(NO, NO, NOBODY)).isEmpty();
        var finding = look(NO, NO, NOBODY).orElseThrow();

        assertThat(finding.beganAt()).isEqualTo(START.plusSeconds(4));
        assertThat(finding.evidence()).extracting(Evidence::signal).containsExactly("health endpoint", "REST port");
    }

    @Test
    void findsNothingWithoutASupervisorWhileTheRestPortTakesConnections() {
        look(YES, YES, NOBODY);

        for (int looks = 0; looks < 10; looks++) {
            assertThat(look(NO, YES, NOBODY)).isEmpty();
        }
    }

    @Test
    void countsTheMissesAnewAfterAnAnswer() {
        look(YES, YES, NOBODY);
        look(NO, NO, NOBODY);
        look(NO, NO, NOBODY);
        look(YES, YES, NOBODY);

        assertThat(look(NO, NO, NOBODY)).isEmpty();
        assertThat(look(NO, NO, NOBODY)).isEmpty();
        assertThat(look(NO, NO, NOBODY)).isPresent();
    }

    @Test
    void givesAServiceThatWasNeverSeenItsTimeToStart() {
        while (now.isBefore(START.plusSeconds(58))) {
            assertThat(look(NO, NO, NOBODY)).isEmpty();
        }

        assertThat(look(NO, NO, NOBODY)).as("the grace is over").isPresent();
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void findsNothingWhileHealthAnswersWhateverTheSupervisorSays(State state) {
        look(YES, YES, process(State.UP, 0));

        assertThat(look(YES, NO, process(state, 3))).isEmpty();
    }
}
