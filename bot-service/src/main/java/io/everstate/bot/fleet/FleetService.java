package io.everstate.bot.fleet;

import static java.util.Comparator.comparing;

import io.everstate.bot.ownership.OwnershipConfiguration;
import io.everstate.bot.replica.OwnerHints;
import io.everstate.bot.replica.PeerGateway;
import io.everstate.bot.replica.PeerGateway.Forward;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Degradation;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The whole fleet as any replica sees it: its own share and those of the others. */
@ApplicationScoped
public class FleetService {
    private static final Logger LOG = Logger.getLogger(FleetService.class);
    private static final int OK = 200;

    private final Fleet fleet;
    private final OwnerHints hints;
    private final PeerGateway peers;
    private final OwnershipConfiguration configuration;
    private final LastKnown lastKnown;
    private final JsonFormat json;

    FleetService(
            Fleet fleet,
            OwnerHints hints,
            PeerGateway peers,
            OwnershipConfiguration configuration,
            LastKnown lastKnown,
            JsonFormat json) {
        this.fleet = fleet;
        this.hints = hints;
        this.peers = peers;
        this.configuration = configuration;
        this.lastKnown = lastKnown;
        this.json = json;
    }

    /** The partitions of this replica, and the first of its bots behind {@code after} by id. */
    public ReplicaShare share(int limit, @Nullable String after) {
        var bots = fleet.ownerships().botsByPartition();
        var shown = firstBehind(after, bots.values().stream().flatMap(List::stream), limit);
        var known =
                bots.values().stream().flatMap(List::stream).map(BotState::id).collect(Collectors.toSet());
        var parked = new HashMap<>(fleet.ownerships().parked());
        parked.keySet().removeIf(bot -> known.contains(bot) || !isBehind(after, bot));
        shown.stream().map(BotState::id).forEach(bot -> parking(bot).ifPresent(parking -> parked.put(bot, parking)));
        return new ReplicaShare(List.copyOf(bots.keySet()), shown, parked);
    }

    private Optional<Parking> parking(BotId bot) {
        return Optional.ofNullable(fleet.ownerships().parked().get(bot));
    }

    private static boolean isBehind(@Nullable String after, BotId bot) {
        return after == null || bot.toString().compareTo(after) > 0;
    }

    private static List<BotState> firstBehind(@Nullable String after, Stream<BotState> bots, int limit) {
        return bots.filter(state -> !state.deleted())
                .filter(state -> isBehind(after, state.id()))
                .sorted(comparing(BotState::id))
                .limit(limit)
                .toList();
    }

    /**
     * The bots of all replicas by id. Those of partitions without an owner that answers are shown as this replica's local checkpoints have
     * them, and the page says so; it also names the partitions of which nothing is known here.
     *
     * @throws ProblemException UNAVAILABLE when a partition has no owner that answers and nothing is known of its bots here: a list that
     *     leaves bots out would be a lie
     */
    public Page<BotState> list(int limit, @Nullable String after, @Nullable String authorization) {
        var shares = new ArrayList<ReplicaShare>();
        shares.add(share(limit + 1, after));
        hints.peers().forEach(address -> shares.addAll(shareOf(address, limit + 1, after, authorization)));
        var missing = missing(shares);
        if (missing.isEmpty()) {
            lastKnown.forget();
            return page(
                    firstBehind(after, newest(shares).stream(), limit + 1), limit, List.of(), missing, parked(shares));
        }
        var files = lastKnown.of(bot -> missing.contains(fleet.ownerships().partitionOf(bot)));
        if (files.isEmpty()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, sentence(missing));
        }
        shares.add(new ReplicaShare(List.of(), files));
        return page(firstBehind(after, newest(shares).stream(), limit + 1), limit, files, missing, parked(shares));
    }

    private String unknown(List<BotState> files, Set<Integer> missing) {
        var known = files.stream()
                .map(state -> fleet.ownerships().partitionOf(state.id()))
                .collect(Collectors.toSet());
        var unknown =
                missing.stream().filter(partition -> !known.contains(partition)).toList();
        return unknown.isEmpty() ? "" : "; of partitions %s nothing is known here".formatted(unknown);
    }

    /**
     * Of a bot that two replicas show, the one with the newest state says whether it is parked; one that was parked at its first record has
     * no state anywhere.
     */
    static Map<String, Parking> parked(List<ReplicaShare> shares) {
        var parked = new TreeMap<String, Parking>();
        shares.forEach(share -> share.parked().forEach((bot, parking) -> parked.put(bot.toString(), parking)));
        var newest = Set.copyOf(newest(shares));
        newest.forEach(bot -> parked.remove(bot.id().toString()));
        shares.forEach(share -> share.bots().stream().filter(newest::contains).forEach(bot -> {
            var parking = share.parked().get(bot.id());
            if (parking != null) {
                parked.put(bot.id().toString(), parking);
            }
        }));
        return parked;
    }

    private Page<BotState> page(
            List<BotState> matching,
            int limit,
            List<BotState> files,
            Set<Integer> missing,
            Map<String, Parking> parked) {
        var more = matching.size() > limit;
        var items = more ? matching.subList(0, limit) : matching;
        var next = more ? items.getLast().id().toString() : null;
        var upToNext = new TreeMap<>(next == null ? parked : new TreeMap<>(parked).headMap(next, true));
        return new Page<>(
                items,
                next,
                missing.isEmpty() ? null : degradation(items, files, missing),
                upToNext.isEmpty() ? null : upToNext);
    }

    private Degradation degradation(List<BotState> items, List<BotState> files, Set<Integer> missing) {
        var saved = new TreeMap<String, Instant>();
        var known = Set.copyOf(files);
        items.stream()
                .filter(known::contains)
                .forEach(state -> saved.put(state.id().toString(), state.updatedAt()));
        return new Degradation(
                sentence(missing)
                        + "; their bots are shown as local checkpoints of this replica have them, and whether they trade is not known here"
                        + unknown(files, missing),
                saved);
    }

    private static String sentence(Set<Integer> missing) {
        return "partitions %s have no owner that answers now".formatted(missing);
    }

    /** A replica that was silent for a while can still show bots that another one owns by now. */
    static Collection<BotState> newest(List<ReplicaShare> shares) {
        var bots = new HashMap<BotId, BotState>();
        for (var share : shares) {
            for (var state : share.bots()) {
                bots.merge(state.id(), state, (one, other) -> one.sequence() >= other.sequence() ? one : other);
            }
        }
        return bots.values();
    }

    private List<ReplicaShare> shareOf(
            String address, int limit, @Nullable String after, @Nullable String authorization) {
        var behind = after == null ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
        var path = "/api/v1/partitions/share?limit=" + limit + behind;
        var forward = new Forward("GET", path, authorization, null, null, null);
        return asked(address, forward)
                .filter(answer -> answer.statusCode() == OK)
                .map(answer -> json.read(answer.body(), ReplicaShare.class))
                .stream()
                .toList();
    }

    /** A replica that hangs says nothing, like one that is gone: its partitions are missing then. */
    private Optional<HttpResponse<byte[]>> asked(String address, Forward forward) {
        try {
            return peers.ask(address, forward);
        } catch (ProblemException e) {
            if (e.type() != ProblemType.UNAVAILABLE) {
                throw e;
            }
            LOG.infof("%s does not say which bots it has: %s", address, e.detail());
            return Optional.empty();
        }
    }

    private Set<Integer> missing(List<ReplicaShare> shares) {
        var answered =
                shares.stream().flatMap(share -> share.partitions().stream()).collect(Collectors.toSet());
        return IntStream.range(0, configuration.partitions())
                .boxed()
                .filter(partition -> !answered.contains(partition))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
