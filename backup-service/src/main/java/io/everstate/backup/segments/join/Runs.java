package io.everstate.backup.segments.join;

import java.util.ArrayList;
import java.util.List;

/** Which neighbouring small segments become one: a run is complete when what follows does not fit, or is none of them. */
final class Runs {
    private static final long SIZES_END = 32L << 20;
    /** Of a joined one's size: what is larger than that part of it is not small. */
    private static final int SMALL_PART = 8;

    private final long size;
    private final int atMost;

    Runs(JoinConfiguration configuration) {
        this.size = configuration.size().asLongValue();
        this.atMost = configuration.atMost();
        if (size < SMALL_PART || size >= SIZES_END) {
            throw new IllegalArgumentException(
                    "everstate.segments.join.size: a joined segment has fewer than 32M of records, not %d bytes"
                            .formatted(size));
        }
    }

    /**
     * The first complete one.
     *
     * @param tiles none when there is no complete one
     * @param next where to look on: behind it, or where the one begins that is not complete yet
     */
    record Found(List<Tile> tiles, long next) {}

    /** Bytes of records of the largest small one. */
    long largestSmall() {
        return size / SMALL_PART;
    }

    /** As many tiles show at least one complete run, if their first ones are neighbours. */
    int page() {
        return 2 * atMost;
    }

    /** @param tiles small ones, in their order, at least one */
    Found first(List<Tile> tiles) {
        var run = new ArrayList<Tile>();
        var bytes = 0L;
        for (var tile : tiles) {
            if (!run.isEmpty() && !takes(run, bytes, tile)) {
                if (run.size() > 1) {
                    return found(run);
                }
                run.clear();
                bytes = 0;
            }
            run.add(tile);
            bytes += tile.contentBytes();
        }
        return run.size() >= atMost
                ? found(run)
                : new Found(List.of(), run.getFirst().firstOffset());
    }

    private boolean takes(List<Tile> run, long bytes, Tile tile) {
        return run.getLast().endOffset() == tile.firstOffset()
                && run.size() < atMost
                && bytes + tile.contentBytes() <= size;
    }

    private static Found found(List<Tile> run) {
        return new Found(List.copyOf(run), run.getLast().endOffset());
    }
}
