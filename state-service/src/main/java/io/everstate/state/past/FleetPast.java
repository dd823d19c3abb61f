package io.everstate.state.past;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.Past.Found;
import io.everstate.state.past.Search.Question;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    private final PartitionLog log;
    private final RecordCodec codec;
    private final PastConfiguration configuration;
    private final Transactions transactions;

    FleetPast(
            PresentBots present,
            EarlierStates earlier,
            PartitionLog log,
            RecordCodec codec,
            PastConfiguration configuration,
            Transactions transactions) {
        this.present = present;
        this.earlier = earlier;
        this.log = log;
        this.codec = codec;
        this.configuration = configuration;
        this.transactions = transactions;
    }

    /**
     * What {@link Past#foundAt} would come to.
     *
     * @param none why there was no such bot; null when there was
     */
    public record Then(@Nullable Found found, @Nullable ProblemException none) {
        /** @throws ProblemException NOT_FOUND when there was no such bot */
        public Found required() {
            if (found != null) {
                return found;
            }
            throw none == null ? new IllegalStateException("neither found nor missing") : none;
        }
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
     * The bots of a pass as they were then. One is left out when it has to be asked for alone: it is as it was then, or the log begins later
     * than one of the pass needs.
     *
     * @throws ProblemException UNAVAILABLE when a retry can help
     */
    public Map<BotId, Then> at(Pass pass, Instant time) {
        var searches = new HashMap<BotId, Search>();
        var beginnings = new Beginnings(earlier);
        var held = new HashSet<UUID>();
        for (var bot : pass.bots()) {
            var now = present.find(bot);
            if (now.partition() == pass.partition() && now.state().updatedAt().isAfter(time)) {
                searches.put(bot, search(now, time, beginnings, held));
            }
        }
        var read = new SharedReading(searches);
        try {
            log.read(pass.partition(), read.from(), read.to(), read::read);
        } catch (LogBeginsLaterException _) {
            return Map.of();
        }
        var found = new HashMap<BotId, Then>();
        searches.forEach((bot, search) -> found.put(bot, then(search)));
        return found;
    }

    private Search search(PresentBot now, Instant time, Beginnings beginnings, Set<UUID> held) {
        now.requireFolded();
        var question = Question.at(now, time, configuration.latest(time));
        var from = beginnings.latest(
                question.wanted(), place -> isOfTheLog(place, now, held) ? Optional.of(place) : Optional.empty());
        return new Search(now, from, question, codec);
    }

    /** @param held snapshots of which that was seen before; grows */
    private boolean isOfTheLog(EarlierState place, PresentBot now, Set<UUID> held) {
        var last = place.last();
        var snapshot = place.snapshot();
        if (last == null || snapshot == null || held.contains(snapshot)) {
            return true;
        }
        return last.offset() < now.nextOffset() && log.holds(now.partition(), last) && held.add(snapshot);
    }

    private static Then then(Search search) {
        try {
            return new Then(search.found(), null);
        } catch (ProblemException e) {
            if (e.type() != ProblemType.NOT_FOUND) {
                throw e;
            }
            return new Then(null, e);
        }
    }
}
