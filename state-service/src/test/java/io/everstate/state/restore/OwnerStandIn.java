package io.everstate.state.restore;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.BotServiceStand;
import io.everstate.state.BotServiceStand.Asked;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Does what bot-service's owner does when it is asked to stop, restore and start bots: writes events, once a key, by the rules of contracts. */
final class OwnerStandIn implements AutoCloseable {
    static final Owner OWNER = new Owner(1);
    /** By how much a checkpoint is numbered above a state that the log does not lead to. */
    private static final long AHEAD = 1_000_000;

    private final TestLog log;
    private final Map<String, Long> outcomes = new ConcurrentHashMap<>();
    final BotServiceStand stand;
    private volatile boolean forgets;

    private record Restore(BotState state, @Nullable String symbol) {}

    OwnerStandIn(TestLog log) {
        this.log = log;
        this.stand = new BotServiceStand(this::answer);
        stand.numbering(asked -> "dryRun=true".equals(asked.query()) ? null : outcomes.get(keyed(asked)));
    }

    private static String keyed(Asked asked) {
        return asked.path() + " " + asked.key();
    }

    /** What was asked for in this way, the bots in the order in which they were. */
    List<String> asked(String action) {
        return stand.asked().stream()
                .map(Asked::path)
                .filter(path -> path.endsWith("/" + action))
                .map(path -> path.split("/", -1)[4])
                .toList();
    }

    synchronized @Nullable Problem answer(Asked asked) {
        var parts = asked.path().split("/", -1);
        var bot = BotId.of(parts[4]);
        if ("dryRun=true".equals(asked.query()) || outcomes.containsKey(keyed(asked))) {
            return null;
        }
        var present = requireNonNull(log.foldedBots().get(bot));
        var stopped = present.lifecycle().status() == BotStatus.STOPPED;
        if (parts[5].equals("stop") == stopped) {
            return BotServiceStand.refused(
                    ProblemType.CONFLICT, "the bot is " + present.lifecycle().status());
        }
        var next = 1 + (parts[5].equals("restore") ? above(wanted(asked).state(), present) : present.sequence());
        log.write(log.partitionOf(bot), List.of(OWNER.record(bot, next, event(parts[5], asked, present))));
        outcomes.put(keyed(asked), next);
        return null;
    }

    private static long above(BotState wanted, BotState present) {
        return wanted.sequence() > present.sequence() ? wanted.sequence() + AHEAD : present.sequence();
    }

    private static Restore wanted(Asked asked) {
        return TestJson.format().read(asked.body().getBytes(StandardCharsets.UTF_8), Restore.class);
    }

    /** From now on it writes checkpoints of the present state. */
    void forgettingWhatIsWanted() {
        forgets = true;
    }

    private BotEvent event(String action, Asked asked, BotState present) {
        return switch (action) {
            case "stop" -> new BotStopped(StopReason.COMMAND);
            case "start" -> new BotStarted();
            case "restore" -> {
                var wanted = wanted(asked);
                yield new CheckpointTaken(
                        "restore", forgets ? present : present.goneBackTo(wanted.state(), wanted.symbol()));
            }
            default -> throw new IllegalArgumentException(action);
        };
    }

    @Override
    public void close() {
        stand.close();
    }
}
