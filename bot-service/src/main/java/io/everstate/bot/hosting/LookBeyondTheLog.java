package io.everstate.bot.hosting;

import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.hosting.LostEnd.Source;
import io.everstate.bot.hosting.Takeovers.Claim;
import io.everstate.bot.ownership.LogWriters;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.KnownIn;
import io.everstate.contracts.log.KnownState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether local files, or state-service, know more of bots than their partition's log. Whether such a bot went on since, unaware of what
 * was lost, the numbers of the ownerships tell. Where they do not (a file or an answer of an earlier release, a log that was made anew or did
 * not answer) the events' times are compared.
 */
final class LookBeyondTheLog {
    private static final Logger LOG = Logger.getLogger(LookBeyondTheLog.class);

    private final Supplier<Ownerships> ownerships;
    private final CheckpointStore checkpoints;
    private final LostEnds lostEnds;
    private final LogWriters writers;

    LookBeyondTheLog(Supplier<Ownerships> ownerships, BotHost.Memory memory) {
        this.ownerships = ownerships;
        this.checkpoints = memory.checkpoints();
        this.lostEnds = memory.lostEnds();
        this.writers = memory.writers();
    }

    /**
     * What is known beyond the log.
     *
     * @param lostEnds the newest of each bot
     * @param answered whether state-service said what the log has lost, be it nothing
     */
    record Look(List<LostEnd> lostEnds, boolean answered) {
        static final Look UNKNOWN = new Look(List.of(), false);
    }

    /** Slow, and for any thread: the host's must go on with the other bots. */
    Look at(Claim claim) {
        var elsewhere = lostEnds.of(claim.partition());
        return new Look(lostEnds(claim, elsewhere.orElse(List.of())), elsewhere.isPresent());
    }

    private List<LostEnd> lostEnds(Claim claim, List<KnownState> elsewhere) {
        var inLog = claim.bots().stream().collect(Collectors.toMap(BotState::id, Function.identity()));
        var ahead = ahead(claim, inLog, elsewhere);
        var doubtful = ahead.values().stream()
                .filter(found -> isDoubtful(found.known().in(), claim))
                .map(Found::bot)
                .filter(inLog::containsKey)
                .collect(Collectors.toSet());
        Map<BotId, KnownIn> written = doubtful.isEmpty()
                ? Map.of()
                : writers.newest(claim.partition(), ownerships.get().topicId(), doubtful);
        return ahead.values().stream()
                .map(found -> lostEnd(found, inLog.get(found.bot()), claim, written.get(found.bot())))
                .toList();
    }

    private Map<BotId, Found> ahead(Claim claim, Map<BotId, BotState> inLog, List<KnownState> elsewhere) {
        var files = checkpoints.bots().stream()
                .filter(bot -> ownerships.get().partitionOf(bot) == claim.partition())
                .filter(bot -> checkpoints.newestSequence(bot).orElse(0L) > sequence(inLog, bot))
                .flatMap(bot -> file(bot).stream())
                .map(file -> new Found(file, Source.CHECKPOINT));
        var answer = elsewhere.stream().map(known -> new Found(known, Source.STATE_SERVICE));
        return Stream.concat(files, answer)
                .filter(found -> found.sequence() > sequence(inLog, found.bot()))
                .collect(Collectors.toMap(
                        Found::bot,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparingLong(Found::sequence))));
    }

    /** What is known of a bot beyond the log. */
    private record Found(KnownState known, Source source) {
        BotId bot() {
            return known.state().id();
        }

        long sequence() {
            return known.state().sequence();
        }
    }

    private static long sequence(Map<BotId, BotState> inLog, BotId bot) {
        var state = inLog.get(bot);
        return state == null ? 0 : state.sequence();
    }

    /** What is wrong with one bot's files must cost no other bot what it has lost. */
    private Optional<KnownState> file(BotId bot) {
        try {
            return checkpoints.newestKnown(bot);
        } catch (RuntimeException e) {
            LOG.errorf(e, "the checkpoints of bot %s are not used: what the log has lost of it is not known here", bot);
            return Optional.empty();
        }
    }

    private LostEnd lostEnd(Found found, @Nullable BotState last, Claim claim, @Nullable KnownIn by) {
        var known = found.known();
        return last == null
                ? new LostEnd(known.state(), found.source(), 0, false)
                : new LostEnd(known.state(), found.source(), last.sequence(), wentOn(known, last, claim, by));
    }

    /** Whether an ownership that the log shows may be behind that one: their numbers lead up to the claim's. */
    private boolean isDoubtful(@Nullable KnownIn in, Claim claim) {
        return in != null && isOfThisLog(in) && claim.epoch() > in.epoch();
    }

    private boolean isOfThisLog(KnownIn in) {
        return in.topicId().equals(ownerships.get().topicId());
    }

    /** @param by who wrote the last event that the log has; null when that was not asked for, or is not known */
    private boolean wentOn(KnownState known, BotState last, Claim claim, @Nullable KnownIn by) {
        var in = known.in();
        if (in != null && isOfThisLog(in) && claim.epoch() <= in.epoch()) {
            return false;
        }
        return (in == null || by == null ? Optional.<Boolean>empty() : by.isBehind(in))
                .orElseGet(() -> last.updatedAt().isAfter(known.state().updatedAt()));
    }
}
