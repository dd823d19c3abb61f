package io.everstate.bot.document;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The body of a request, for as long as its sender may take. A sender of nothing at all is ended by the server's read timeout; this one ends
 * those who send a byte now and then.
 */
final class PatientBody extends FilterInputStream {
    private final Clock clock;
    private final Duration patience;
    private final Instant deadline;
    private final Runnable late;

    /** @param late runs before it fails because its time is over */
    PatientBody(InputStream body, Clock clock, Duration patience, Runnable late) {
        super(body);
        this.clock = clock;
        this.patience = patience;
        this.deadline = clock.instant().plus(patience);
        this.late = late;
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws ProblemException INVALID when the body ends early, UNAVAILABLE when it comes too slowly */
    @Override
    public int read(byte[] target, int offset, int length) {
        int count;
        try {
            count = super.read(target, offset, length);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.INVALID, "the body ended before all of it was there", e);
        }
        if (clock.instant().isAfter(deadline)) {
            late.run();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the body did not arrive within " + patience);
        }
        return count;
    }
}
