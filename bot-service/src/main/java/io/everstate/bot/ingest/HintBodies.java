package io.everstate.bot.ingest;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Reads what senders say. Anyone who can reach the port can begin to send and go on slowly, so of senders whose token nobody here can judge
 * some are read at one time, and each for a bounded time.
 */
@Singleton
class HintBodies {
    private static final int PIECE = 8192;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore ofUnknown;
    private final Clock clock;

    HintBodies(IngestConfiguration configuration, Clock clock) {
        this.ofUnknown = new Semaphore(configuration.mostUnknown());
        this.clock = clock;
    }

    /**
     * The whole body.
     *
     * @throws ProblemException UNAVAILABLE when it comes too slowly, or too many unknown senders are at it
     */
    byte[] read(InputStream body, boolean known) throws IOException {
        if (known) {
            return read(body);
        }
        if (!ofUnknown.tryAcquire()) {
            throw unavailable("too many senders are being listened to whose token cannot be judged here");
        }
        try {
            return read(body);
        } finally {
            ofUnknown.release();
        }
    }

    private byte[] read(InputStream body) throws IOException {
        var latest = clock.instant().plus(PATIENCE);
        var content = new ByteArrayOutputStream();
        var piece = new byte[PIECE];
        for (var count = body.read(piece); count >= 0; count = body.read(piece)) {
            content.write(piece, 0, count);
            if (clock.instant().isAfter(latest)) {
                throw unavailable("the message did not arrive within " + PATIENCE);
            }
        }
        return content.toByteArray();
    }

    private static ProblemException unavailable(String why) {
        return new ProblemException(ProblemType.UNAVAILABLE, why);
    }
}
