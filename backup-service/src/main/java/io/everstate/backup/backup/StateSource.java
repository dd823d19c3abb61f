package io.everstate.backup.backup;

import io.everstate.backup.platform.ServiceToken;
import io.everstate.backup.workspace.Spool;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.SnapshotView;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The state of all bots at one cut of the log, from state-service. */
@Singleton
class StateSource {
    /** Of taking a snapshot, which state-service reads back before it answers. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final int NEW_LINE = '\n';

    private final StateServiceClient stateService;
    private final ServiceToken token;

    StateSource(@RestClient StateServiceClient stateService, ServiceToken token) {
        this.stateService = stateService;
        this.token = token;
    }

    /**
     * Takes a snapshot and copies its content into {@code spool}, checked: the bytes that state-service promised, whole, and as many bots.
     * Waits half a minute for a state-service that is just starting.
     *
     * @throws StateUnavailableException when state-service does not answer, or answers with something else
     */
    @Retry(
            maxRetries = 10,
            delay = 2_000,
            maxDuration = 25,
            durationUnit = ChronoUnit.SECONDS,
            retryOn = StateUnavailableException.class)
    SnapshotView await(Spool spool) {
        return take(spool);
    }

    /** The same for who is in a hurry and can do without: one try, and none at all for a while after three in a row failed. */
    @CircuitBreaker(requestVolumeThreshold = 3, failureRatio = 1, delay = 30, delayUnit = ChronoUnit.SECONDS)
    SnapshotView tryNow(Spool spool) {
        return take(spool);
    }

    private SnapshotView take(Spool spool) {
        try {
            spool.reset();
            var snapshot = taken();
            try (var content = stateService.content(token.bearer(), snapshot.id())) {
                content.transferTo(spool);
            }
            check(snapshot, spool);
            return snapshot;
        } catch (ProcessingException | WebApplicationException | IOException e) {
            throw new StateUnavailableException(
                    "the bots' state could not be read from state-service: " + e.getMessage(), e);
        }
    }

    /** The client's own time-out ends with the answer's head. The content is read as a stream, each piece of which has a time-out. */
    private SnapshotView taken() {
        var request = new StateServiceClient.SnapshotRequest("FULL", "BACKUP");
        var answer = new FutureTask<>(() -> stateService.take(token.bearer(), request));
        Thread.ofVirtual().name("take-snapshot").start(answer);
        try {
            return answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new ProcessingException(e.getCause());
        } catch (TimeoutException e) {
            throw new ProcessingException("no whole answer within " + DEADLINE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessingException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static void check(SnapshotView snapshot, Spool spool) throws IOException {
        if (!spool.sha256().equals(snapshot.sha256())) {
            throw new IOException("the snapshot's content is not the one it was taken with");
        }
        try (var lines = StateFormat.of(snapshot).unpacked(spool.open())) {
            var bots = countLines(lines);
            if (bots != snapshot.bots()) {
                throw new IOException("the snapshot says %d bots, its content has %d".formatted(snapshot.bots(), bots));
            }
        }
    }

    private static long countLines(InputStream input) throws IOException {
        var lines = 0L;
        var buffer = new byte[1 << 16];
        for (int count; (count = input.read(buffer)) >= 0; ) {
            for (var i = 0; i < count; i++) {
                if (buffer[i] == NEW_LINE) {
                    lines++;
                }
            }
        }
        return lines;
    }

    /** The bots' state cannot be had now. */
    static final class StateUnavailableException extends ProblemException {
        StateUnavailableException(String detail, Throwable cause) {
            super(ProblemType.UNAVAILABLE, detail, cause);
        }
    }
}
