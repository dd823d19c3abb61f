package io.everstate.state.health;

import io.everstate.state.health.look.Observation;

/**
 * A score from 0 to 100: 100 times the lowest of four ratios. The lowest, and not a mean of them: a part that is well in three ways and does
 * not work in the fourth does not work. Ratios as ISO/IEC 25024 measures data quality, and as {@code content.Quality} does for snapshots.
 *
 * <ul>
 *   <li>condition: 1 works, 0.5 says that something is wrong, 0 does not answer ({@link Observation})
 *   <li>freshness, of bots that run: 1 while the last event is younger than it may be, then down to 0 at three times that. Three: as Kafka
 *       advises to allow three heartbeats within a session before a member counts as lost
 *   <li>lag: 1 up to a limit, then down to 0 at ten times that
 *   <li>reliability: 1 - the share of failed looks, smoothed by 1/8 as TCP smooths round trips (RFC 6298), so that what comes and goes stays
 *       below 100 for some looks
 * </ul>
 */
final class Score {
    static final int FULL = 100;
    private static final double LAG_SPAN = 9;

    private Score() {}

    static int of(Observation observation, double reliability, long lagLimit) {
        var lag = observation.lag();
        var ratio = Math.min(observation.condition(), reliability);
        return percent(lag == null ? ratio : Math.min(ratio, lagRatio(lag, lagLimit)));
    }

    static double lagRatio(long lag, long limit) {
        return falling((double) lag / limit - 1, LAG_SPAN);
    }

    /** Full up to 0, nothing from the end on. */
    private static double falling(double beyond, double end) {
        return Math.clamp(1 - beyond / end, 0.0, 1.0);
    }

    /** Never 100 for less than all, nor 0 for more than nothing. */
    static int percent(double ratio) {
        var rounded = Math.round(ratio * FULL);
        return ratio < 1 && ratio > 0 ? Math.clamp(rounded, 1, FULL - 1) : Math.toIntExact(rounded);
    }
}
