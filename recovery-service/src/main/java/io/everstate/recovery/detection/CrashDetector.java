package io.everstate.recovery.detection;

import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView.Evidence;
import io.everstate.contracts.supervision.ServiceView;
import io.everstate.contracts.supervision.ServiceView.State;
import io.everstate.recovery.detection.ServiceObservation.Supervision.Reported;
import io.everstate.recovery.detection.ServiceObservation.Supervision.Unknown;
import io.everstate.recovery.disaster.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SYSTEM_CRASH of one service: its health does not answer, and a second witness says the process is gone. The witness is the supervisor
 * (it is DOWN, or counts one more crash than at the last look); where there is none, the closed REST port in several looks in a row.
 * A service that is starting for the first time, was stopped or restarted on purpose, or hangs while its process lives, is no crash.
 * Not thread-safe.
 */
final class CrashDetector {
    private static final String HEALTH = "health endpoint";
    private static final String PROCESS = "supervisor";
    private static final String PORT = "REST port";

    private final String service;
    private final int missesNeeded;
    private final Instant graceEnds;
    private @Nullable ServiceView lastProcess;
    private boolean everAnswered;
    private int misses;
    private @Nullable Instant silentSince;

    CrashDetector(String service, int missesNeeded, Duration startGrace, Instant now) {
        this.service = service;
        this.missesNeeded = missesNeeded;
        this.graceEnds = now.plus(startGrace);
    }

    Optional<Finding> look(ServiceObservation seen) {
        if (seen.health().answered()) {
            everAnswered = true;
            silentSince = null;
        } else if (silentSince == null) {
            silentSince = seen.at();
        }
        misses = seen.health().answered() || seen.port().answered() ? 0 : misses + 1;
        var finding = judge(seen);
        if (seen.supervision() instanceof Reported reported) {
            lastProcess = reported.process();
        }
        return finding;
    }

    private Optional<Finding> judge(ServiceObservation seen) {
        if (seen.health().answered()) {
            return Optional.empty();
        }
        return switch (seen.supervision()) {
            case Reported reported -> witnessed(seen, reported.process());
            case Unknown unknown -> unwitnessed(seen, unknown);
        };
    }

    private Optional<Finding> witnessed(ServiceObservation seen, ServiceView process) {
        if (process.state() != State.DOWN && !crashedSince(process)) {
            return Optional.empty();
        }
        var exit = process.exitCode() == null ? "" : ", exit code " + process.exitCode();
        var words =
                "process " + process.pid() + " is " + process.state() + exit + ", crashes so far: " + process.crashes();
        return Optional.of(finding(seen, began(seen, process.exitedAt()), PROCESS, words));
    }

    /** A supervisor that counts from zero again has itself begun anew and knows nothing of before. */
    private boolean crashedSince(ServiceView process) {
        var before = lastProcess;
        return before != null && process.crashes() > before.crashes() && process.state() != State.STOPPED;
    }

    private Optional<Finding> unwitnessed(ServiceObservation seen, Unknown unknown) {
        var awaited = !everAnswered && seen.at().isBefore(graceEnds);
        if (awaited || misses < missesNeeded) {
            return Optional.empty();
        }
        var words = seen.port().finding() + " in " + misses + " looks in a row (" + unknown.why() + ")";
        return Optional.of(finding(seen, began(seen, null), PORT, words));
    }

    private Instant began(ServiceObservation seen, @Nullable Instant exitedAt) {
        var since = silentSince == null ? seen.at() : silentSince;
        return exitedAt != null && exitedAt.isBefore(since) ? exitedAt : since;
    }

    private Finding finding(ServiceObservation seen, Instant beganAt, String witness, String words) {
        var evidence = List.of(
                new Evidence(HEALTH, seen.health().finding(), seen.at()), new Evidence(witness, words, seen.at()));
        return new Finding(DisasterType.SYSTEM_CRASH, service, beganAt, seen.at(), evidence);
    }
}
