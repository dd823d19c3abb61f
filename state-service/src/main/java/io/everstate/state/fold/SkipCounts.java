package io.everstate.state.fold;

import io.everstate.contracts.log.FoldOutcome.SkipReason;

/** How many records did not count, by the fold's reason. */
public record SkipCounts(long staleClaims, long fenced, long duplicates, long gaps, long refused, long parked) {
    public static final SkipCounts NONE = new SkipCounts(0, 0, 0, 0, 0, 0);

    public SkipCounts with(SkipReason reason) {
        return switch (reason) {
            case STALE_CLAIM -> new SkipCounts(staleClaims + 1, fenced, duplicates, gaps, refused, parked);
            case FENCED -> new SkipCounts(staleClaims, fenced + 1, duplicates, gaps, refused, parked);
            case DUPLICATE -> new SkipCounts(staleClaims, fenced, duplicates + 1, gaps, refused, parked);
            case GAP -> new SkipCounts(staleClaims, fenced, duplicates, gaps + 1, refused, parked);
            case PARKED -> new SkipCounts(staleClaims, fenced, duplicates, gaps, refused, parked + 1);
        };
    }

    public SkipCounts withRefused() {
        return new SkipCounts(staleClaims, fenced, duplicates, gaps, refused + 1, parked);
    }
}
