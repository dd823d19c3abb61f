package io.everstate.bot.hosting;

import io.everstate.contracts.bot.BotState;
import org.jspecify.annotations.Nullable;

/**
 * A bot of which more was known than the log had when its partition was claimed.
 *
 * @param known what it was
 * @param source who knows it
 * @param inLog the number of its newest event in the log then; 0 when that had none
 * @param wentOn whether that event was written behind what is known, by an owner that did not know it
 */
record LostEnd(BotState known, Source source, long inLog, boolean wentOn) {

    enum Source {
        /** A file of this replica; the one with the highest number stays. */
        CHECKPOINT(
                "a checkpoint file of this replica", "POST /api/v1/bots/%s/restore {\"sequence\": %d} at bot-service"),
        /** It keeps the state until the bot's next checkpoint. */
        STATE_SERVICE(
                "state-service",
                "POST /api/v1/parked/%s/skip at state-service, before the bot's next checkpoint; behind that a"
                        + " snapshot may hold event %d");

        private final String name;
        private final String wayBack;

        Source(String name, String wayBack) {
            this.name = name;
            this.wayBack = wayBack;
        }
    }

    /** Whether it goes on from what is known: what counted behind the end that the log has lost was acknowledged too, and is not taken back. */
    boolean isLost(@Nullable BotState now) {
        return !wentOn && (now == null ? 0 : now.sequence()) == inLog;
    }

    /** For people: where it is not gone back to what is known, and how they do. */
    String leftBehind(BotState now) {
        return "the log lost events of bot %s: it has event %d, %s has event %d. The bot went on since, and what it acknowledged is not taken back. Who wants event %d all the same stops the bot first, then: %s"
                .formatted(
                        known.id(),
                        now.sequence(),
                        source.name,
                        known.sequence(),
                        known.sequence(),
                        source.wayBack.formatted(known.id(), known.sequence()));
    }
}
