package io.everstate.bot.fleet;

import static java.util.Comparator.comparing;

import io.everstate.bot.ownership.OwnershipConfiguration;
import io.everstate.bot.replica.OwnerHints;
import io.everstate.bot.replica.PeerGateway;
import io.everstate.bot.replica.PeerGateway.Forward;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole fleet as any replica sees it: its own share and those of the others. */
@ApplicationScoped
public class FleetService {
    private static final int OK = 200;

    private final Fleet fleet;
    private final OwnerHints hints;
    private final PeerGateway peers;
    private final OwnershipConfiguration configuration;
    private final JsonFormat json;

    FleetService(
            Fleet fleet, OwnerHints hints, PeerGateway peers, OwnershipConfiguration configuration, JsonFormat json) {
        this.fleet = fleet;
        this.hints = hints;
        this.peers = peers;
        this.configuration = configuration;
        this.json = json;
    }

    /** The partitions of this replica, and the first of its bots behind {@code after} by id. */
    public ReplicaShare share(int limit, @Nullable String after) {
        var bots = fleet.ownerships().botsByPartition();
        return new ReplicaShare(
                List.copyOf(bots.keySet()),
                firstBehind(after, bots.values().stream().flatMap(List::stream), limit));
    }

    private static List<BotState> firstBehind(@Nullable String after, Stream<BotState> bots, int limit) {
        return bots.filter(state -> !state.deleted())
                .filter(state -> after == null || state.id().toString().compareTo(after) > 0)
                .sorted(comparing(BotState::id))
                .limit(limit)
                .toList();
    }

    /**
     * The bots of all replicas by id.
     *
     * @throws ProblemException UNAVAILABLE when a partition has no owner that answers: a list that leaves bots out would be a lie
     */
    public Page<BotState> list(int limit, @Nullable String after, @Nullable String authorization) {
        var shares = new ArrayList<ReplicaShare>();
        shares.add(share(limit + 1, after));
        hints.peers().forEach(address -> shares.addAll(shareOf(address, limit + 1, after, authorization)));
        requireAll(shares.stream().flatMap(share -> share.partitions().stream()).collect(Collectors.toSet()));
        var matching = firstBehind(after, newest(shares).stream(), limit + 1);
        var more = matching.size() > limit;
        var items = more ? matching.subList(0, limit) : matching;
        return new Page<>(items, more ? items.getLast().id().toString() : null);
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
        return peers
                .ask(address, forward)
                .filter(answer -> answer.statusCode() == OK)
                .map(answer -> json.read(answer.body(), ReplicaShare.class))
                .stream()
                .toList();
    }

    private void requireAll(Set<Integer> answered) {
        var missing = IntStream.range(0, configuration.partitions())
                .boxed()
                .filter(partition -> !answered.contains(partition))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "partitions %s have no owner that answers now".formatted(missing));
        }
    }
}
