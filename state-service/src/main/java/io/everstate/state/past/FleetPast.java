package io.everstate.state.past;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.log.ReadableLog;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.Search.Question;
import io.everstate.state.past.Then.CutShort;
import io.everstate.state.past.Then.Was;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What many bots were at one time. The log of a partition is read once for all of its bots, from the earliest place that one of them needs: by
 * {@link Past} alone it would be read once for each.
 */
@Singleton
public final class FleetPast {
    /** Of so many bots the states are in memory at once. */
    private static final int AT_ONCE = 500;

    private static final String PARTITIONS = "select id, partition from bots where id = any(?) order by partition, id";

    private final PresentBots present;
    private final EarlierStates earlier;
    private final RecordCodec codec;
    private final PastConfiguration configuration;
    private final Transactions transactions;

    FleetPast(
            PresentBots present,
            EarlierStates earlier,
            RecordCodec codec,
            PastConfiguration configuration,
            Transactions transactions) {
        this.present = present;
        this.earlier = earlier;
        this.codec = codec;
        this.configuration = configuration;
        this.transactions = transactions;
    }

    /** Bots of one partition, and not too many, that are answered together. */
    public record Pass(int partition, List<BotId> bots) {
        public Pass {
            bots = List.copyOf(bots);
        }
    }

    /** All of these bots that are known. */
    public List<Pass> passes(Collection<BotId> bots) {
        var passes = new ArrayList<Pass>();
        partitions(bots).forEach((partition, inIt) -> {
            for (int begin = 0; begin < inIt.size(); begin += AT_ONCE) {
                passes.add(new Pass(partition, inIt.subList(begin, Math.min(inIt.size(), begin + AT_ONCE))));
            }
        });
        return passes;
    }

    private Map<Integer, List<BotId>> partitions(Collection<BotId> bots) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(PARTITIONS)) {
                var ids = bots.stream().map(BotId::value).toArray(UUID[]::new);
                statement.setArray(1, connection.createArrayOf("uuid", ids));
                var found = new HashMap<Integer, List<BotId>>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.computeIfAbsent(rows.getInt(2), _ -> new ArrayList<>())
                                .add(new BotId(rows.getObject(1, UUID.class)));
                    }
                }
                return found;
            }
        });
    }

    /**
     * One bot by itself.
     *
     * @throws ProblemException NOT_FOUND when there is no such bot
     */
    public Pass alone(BotId bot) {
        return new Pass(present.known(bot).partition(), List.of(bot));
    }

    /**
     * The bots of a pass as they were then; one that is gone, or of another partition by now, is left out.
     *
     * @param records of the log that there is now
     * @throws ProblemException UNAVAILABLE when a retry can help
     */
    public Map<BotId, Then> at(Pass pass, Instant time, ReadableLog records) {
        var found = new HashMap<BotId, Then>();
        var searches = new PassSearches(records, earlier, codec);
        for (var now : in(pass)) {
            if (now.state().updatedAt().isAfter(time)) {
                now.requireFolded();
                searches.begin(now, Question.at(now, time, configuration.latest(time)));
            } else {
                found.put(now.state().id(), new Was(now.foundAt(time)));
            }
        }
        found.putAll(searches.read(pass.partition()));
        return found;
    }

    /**
     * The same of a log in whose place the present one came. Where it ends nobody knows: what it says is exact when it has a record that is
     * later than the time, and else {@link CutShort}.
     */
    public Map<BotId, Then> at(Pass pass, Instant time, String olderTopicId, ReadableLog records) {
        var latest = configuration.latest(time);
        var searches = new PassSearches(records, earlier, codec).until(latest);
        for (var now : in(pass)) {
            var then = now.cut(olderTopicId, Long.MAX_VALUE);
            searches.begin(then, Question.at(then, time, latest));
        }
        return searches.read(pass.partition());
    }

    /**
     * Bots of a pass as they were in front of an offset of a log, whatever they are folded from by now.
     *
     * @param from of each of them, where to go on from
     * @param records of the log in which the place is
     */
    public Map<BotId, Then> before(Pass pass, Map<BotId, EarlierState> from, CutPlace place, ReadableLog records) {
        var searches = new PassSearches(records, earlier, codec);
        for (var now : known(pass).toList()) {
            var cut = now.cut(place.topicId(), place.offset());
            searches.begin(
                    cut,
                    Question.before(cut, place),
                    requireNonNull(from.get(now.state().id())));
        }
        return searches.read(pass.partition());
    }

    /**
     * Kafka's id of the topic from which all bots of a partition are folded.
     *
     * @throws ProblemException UNAVAILABLE when none of these is there any more
     */
    public String topicIdOf(Pass pass) {
        return known(pass)
                .findFirst()
                .map(PresentBot::topicId)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "no bot of a pass of partition %d is there any more".formatted(pass.partition())));
    }

    private List<PresentBot> in(Pass pass) {
        return known(pass).filter(now -> now.partition() == pass.partition()).toList();
    }

    /** One that is gone since, of a log that was made anew, says nothing of the others. */
    private Stream<PresentBot> known(Pass pass) {
        return pass.bots().stream().map(present::find).flatMap(Optional::stream);
    }
}
