package io.everstate.cli.console;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How far something is, and how long it may take still if it goes on as fast as it did since it was first looked at. */
public final class Remaining {

    /** Less says nothing. */
    private static final Duration LOOKED_AT = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private long firstDone = -1;
    private long firstLook;

    public Remaining() {
        this(System::nanoTime);
    }

    Remaining(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * @param done bytes
     * @param total bytes
     * @return such as "34 % of 12.3 MB, about 12 s left"
     */
    public String of(long done, long total) {
        long now = nanoTime.getAsLong();
        if (firstDone < 0 || done < firstDone) {
            firstDone = done;
            firstLook = now;
        }
        String share = ProgressLine.share(done, total);
        if (now - firstLook < LOOKED_AT.toNanos() || done == firstDone || done >= total) {
            return share;
        }
        double nanosForEach = (double) (now - firstLook) / (done - firstDone);
        return "%s, about %s left".formatted(share, text(Duration.ofNanos((long) (nanosForEach * (total - done)))));
    }

    private static String text(Duration left) {
        if (left.toMinutes() < 2) {
            return Math.max(1, left.toSeconds()) + " s";
        }
        return left.toHours() < 2
                ? left.toMinutes() + " min"
                : "%d h %d min".formatted(left.toHours(), left.toMinutesPart());
    }
}
