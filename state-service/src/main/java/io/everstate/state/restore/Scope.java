package io.everstate.state.restore;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.awaiting.ShownBots;
import io.everstate.state.format.StoredState;
import io.everstate.state.platform.Transactions;
import io.everstate.state.restore.record.BotStep;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which bots a restore means, in which order. */
@Singleton
final class Scope {
    private static final String COMPONENT = "component";
    private static final int ROWS_AT_ONCE = 200;
    private static final String ALL = "select state, older from bots where status <> 'DELETED' order by id";
    /** Alone it needs no order, so the others are not read. */
    private static final String ONE = "select state, older from bots where id = ?";

    private final Transactions transactions;
    private final JsonFormat json;
    private final ShownBots shown;

    Scope(Transactions transactions, JsonFormat json, ShownBots shown) {
        this.transactions = transactions;
        this.json = json;
        this.shown = shown;
    }

    private record Known(String name, boolean wanted, List<BotId> needs) {}

    /**
     * A part for each bot that is meant, in the order of what they need.
     *
     * @throws ProblemException NOT_FOUND when none is; CONFLICT when they need each other in a circle
     */
    List<BotStep> parts(StateRestoreRequest request) {
        var known = known(request);
        var wanted = new ArrayList<BotId>();
        known.forEach((bot, one) -> {
            if (one.wanted()) {
                wanted.add(bot);
            }
        });
        if (wanted.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no " + named(request));
        }
        return parts(known, wanted);
    }

    private static List<BotStep> parts(Map<BotId, Known> known, List<BotId> wanted) {
        var order = DependencyOrder.of(wanted, bot -> needs(known.get(bot)));
        var all = Set.copyOf(order);
        var parts = new ArrayList<BotStep>();
        for (var bot : order) {
            var needed = DependencyOrder.nearest(bot, all, one -> needs(known.get(one))).stream()
                    .map(BotId::value)
                    .toList();
            var one = known.get(bot);
            parts.add(BotStep.waiting(parts.size(), bot, one == null ? "" : one.name(), needed));
        }
        return parts;
    }

    private static List<BotId> needs(@Nullable Known bot) {
        return bot == null ? List.of() : bot.needs();
    }

    private Map<BotId, Known> known(StateRestoreRequest request) {
        return request.bot() == null
                ? stored(request)
                : shown.find(request.bot(), () -> Optional.of(stored(request)).filter(known -> !known.isEmpty()))
                        .orElse(Map.of());
    }

    private Map<BotId, Known> stored(StateRestoreRequest request) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(request.bot() == null ? ALL : ONE)) {
                statement.setFetchSize(ROWS_AT_ONCE);
                if (request.bot() != null) {
                    statement.setObject(1, request.bot().value());
                }
                var known = new LinkedHashMap<BotId, Known>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        var state = StoredState.of(rows).read(json);
                        var configuration = state.configuration();
                        known.put(
                                state.id(),
                                new Known(configuration.name(), isMeant(request, state), configuration.dependsOn()));
                    }
                }
                return known;
            }
        });
    }

    static boolean isMeant(StateRestoreRequest request, BotState bot) {
        return (request.bot() == null || request.bot().equals(bot.id()))
                && (request.component() == null || isComponent(request.component(), bot))
                && (request.symbol() == null || bot.portfolio().symbols().containsKey(request.symbol()));
    }

    private static boolean isComponent(String name, BotState bot) {
        var configuration = bot.configuration();
        return name.equals(configuration.labels().get(COMPONENT))
                || (bot.kind() == BotKind.EXTERNAL && name.equals(configuration.name()));
    }

    private static String named(StateRestoreRequest request) {
        var named = request.bot() != null
                ? "bot " + request.bot()
                : request.component() != null ? "component " + request.component() : "bot";
        return request.symbol() == null ? named : named + " with the market " + request.symbol();
    }
}
