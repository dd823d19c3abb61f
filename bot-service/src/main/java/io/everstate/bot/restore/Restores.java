package io.everstate.bot.restore;

import io.everstate.bot.checkpoint.CheckpointFile;
import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.trading.Triangle;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which state a bot goes back to, and the command that does it. A restore appends: a checkpoint that carries the old holdings. What a person
 * decided since stays: the configuration, the emergency stop; and a bot that runs or waits paused is stopped by a person first.
 */
final class Restores {
    /** Above this a sequence has no room for those that follow. */
    private static final long LARGEST_SEQUENCE = 1L << 53;

    /** More events than a bot can have acknowledged since another store learned of it: numbers are never used twice. */
    private static final long ACKNOWLEDGED_SINCE = 1_000_000;

    private final CheckpointStore checkpoints;
    private final JsonFormat json;

    Restores(CheckpointStore checkpoints, JsonFormat json) {
        this.checkpoints = checkpoints;
        this.json = json;
    }

    /** @param passedOver newer checkpoints with a defect, a sentence each */
    record Origin(BotState state, List<String> passedOver) {}

    /** @throws ProblemException when it cannot be had; says why, and nothing has happened */
    Origin origin(BotState present, RestoreRequest wanted) {
        if (wanted.state() != null) {
            return new Origin(stated(present, wanted), List.of());
        }
        if (wanted.sequence() != null) {
            return new Origin(checkpoints.read(present.id(), wanted.sequence()), List.of());
        }
        var before = checkpoints
                .newestBefore(present.id(), present.sequence())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "no checkpoint of bot %s before its event %d verifies here%s"
                                .formatted(present.id(), present.sequence(), sentences(defects(present, 0)))));
        return new Origin(before, defects(present, before.sequence()));
    }

    private static String sentences(List<String> defects) {
        return defects.isEmpty() ? "" : ": " + String.join("; ", defects);
    }

    private List<String> defects(BotState present, long above) {
        return checkpoints.list(present.id()).stream()
                .filter(file -> file.defect() != null)
                .filter(file -> file.sequence() > above && file.sequence() < present.sequence())
                .map(Restores::sentence)
                .toList();
    }

    private static String sentence(CheckpointFile file) {
        return "checkpoint %d is not used: %s".formatted(file.sequence(), file.defect());
    }

    private BotState stated(BotState present, RestoreRequest wanted) {
        if (wanted.sequence() != null) {
            throw invalid("state", "must not be given with a sequence");
        }
        var state = json.read(String.valueOf(wanted.state()).getBytes(StandardCharsets.UTF_8), BotState.class);
        if (!state.id().equals(present.id())) {
            throw invalid("state.id", "must be this bot's");
        }
        if (state.sequence() < 1 || state.sequence() > LARGEST_SEQUENCE) {
            throw invalid("state.sequence", "must be between 1 and " + LARGEST_SEQUENCE);
        }
        return state;
    }

    /** @throws ProblemException when that state cannot be this bot's */
    static BotState restored(BotState present, BotState old, @Nullable String symbol) {
        if (symbol != null) {
            requireByItself(symbol, present.portfolio().symbols().keySet());
        }
        try {
            return present.goneBackTo(old, symbol);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.CORRUPT, "the state cannot be used: " + e.getMessage(), e);
        }
    }

    /** Asked before anything is done for its sake; fails as {@link #restored}. */
    static void requireUsable(BotState present, BotState old, @Nullable String symbol) {
        var _ = restored(present, old, symbol);
    }

    /** One leg of a cycle without the others would leave money that was never there, or take some away. */
    private static void requireByItself(String symbol, Set<String> markets) {
        if (!markets.contains(symbol)) {
            throw invalid("symbol", "must be one of " + markets);
        }
        if (Triangle.of(markets).isPresent()) {
            throw invalid(
                    "symbol",
                    "must be left out: the three trades of a cycle around %s belong together, so the bot goes back as a whole"
                            .formatted(String.join(", ", markets)));
        }
    }

    /** Computed on the state when its turn comes, so that nothing of what counts by then is lost. */
    static BotCommand command(BotState old, @Nullable String symbol, String by) {
        var reason = "restore of event %d%s by %s".formatted(old.sequence(), symbol == null ? "" : " in " + symbol, by);
        return new OnlyIf(
                now -> now != null && now.lifecycle().status() == BotStatus.STOPPED,
                new TakeCheckpoint(reason, now -> now.goneBackTo(old, symbol)));
    }

    /**
     * A bot that is parked cannot be asked what it is now: it goes on from the state that is known, and stopped.
     *
     * @param old where it goes back to
     */
    static BotCommand unparking(BotState present, BotState after, BotState old, String by) {
        return new OnlyIf(
                now -> present.equals(now),
                new RestoreCheckpoint(
                        "restore of a parked bot by " + by, after.stopped(after.updatedAt()), above(present, old)));
    }

    /** A state that knows more than the log, which has lost its end: numbered above all that may have been acknowledged. */
    static BotCommand beyondTheLog(BotState present, BotState after, BotState old, String by) {
        var reason = "restore of event %d, which the log does not have, by %s".formatted(old.sequence(), by);
        return new OnlyIf(now -> present.equals(now), new RestoreCheckpoint(reason, after, above(present, old)));
    }

    static boolean isBeyondTheLog(BotState present, BotState old) {
        return old.sequence() > present.sequence();
    }

    private static long above(BotState present, BotState old) {
        return isBeyondTheLog(present, old) ? old.sequence() + ACKNOWLEDGED_SINCE : present.sequence();
    }

    /** For a key that was used before: gets what came of it then, and never happens. */
    static BotCommand repetition() {
        return new OnlyIf(_ -> false, new TakeCheckpoint("repeated", now -> now));
    }

    static ProblemException notStopped(BotId bot, @Nullable Throwable cause) {
        return new ProblemException(
                ProblemType.CONFLICT, "the bot must be stopped to be restored; stop it first: " + bot, cause);
    }

    private static InvalidException invalid(String field, String sentence) {
        return new InvalidException(List.of(new Violation(field, sentence)));
    }
}
