package io.everstate.recovery.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.recovery.peer.BotFleet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bots that do what their lifecycle allows; a start of bot-service treats them by their restart policy. */
public final class Fleet implements BotFleet {
    private final Processes processes;
    private final Clock clock;
    private final Map<BotId, BotState> bots = new LinkedHashMap<>();
    private final List<String> journal = new ArrayList<>();

    Fleet(Processes processes, Clock clock) {
        this.processes = processes;
        this.clock = clock;
        processes.whenBotServiceStarts(this::comeBack);
    }

    public synchronized BotId add(String name, RestartPolicy policy, boolean running) {
        var id = new BotId(UUID.nameUUIDFromBytes(name.getBytes(UTF_8)));
        var configuration = new BotConfiguration(
                name, "sma-crossover", List.of("BTC/USD"), Amount.of(1000), Amount.ZERO, Map.of(), policy, null);
        var lifecycle = lifecycle(running ? BotStatus.RUNNING : BotStatus.STOPPED, null, null);
        var portfolio = new Portfolio(Map.of(), List.of());
        bots.put(
                id,
                new BotState(
                        1,
                        id,
                        BotKind.TRADING,
                        configuration,
                        1,
                        clock.instant(),
                        lifecycle,
                        portfolio,
                        List.of(),
                        List.of()));
        return id;
    }

    private Lifecycle lifecycle(
            BotStatus status, @Nullable StopReason reason, Lifecycle.@Nullable EmergencyStop emergency) {
        return new Lifecycle(status, clock.instant(), null, null, reason, 0, Duration.ZERO, emergency);
    }

    private synchronized void comeBack() {
        bots.replaceAll((id, bot) -> bot.running() && bot.configuration().restartPolicy() == RestartPolicy.MANUAL
                ? bot.withLifecycle(lifecycle(BotStatus.STOPPED, StopReason.RESTART, null))
                : bot);
    }

    public synchronized void emergency(BotId id) {
        var stop = new Lifecycle.EmergencyStop("drawdown", clock.instant());
        put(id, lifecycle(BotStatus.STOPPED, StopReason.EMERGENCY, stop));
    }

    public synchronized void endOfTape(BotId id) {
        put(id, lifecycle(BotStatus.STOPPED, StopReason.FEED_ENDED, null));
    }

    /** It ran, its owner was lost, and nobody went on with it. */
    public synchronized void leaveStopped(BotId id) {
        put(id, lifecycle(BotStatus.STOPPED, StopReason.RESTART, null));
    }

    public synchronized void goOn(BotId id) {
        put(id, lifecycle(BotStatus.RUNNING, null, null));
    }

    public synchronized void remove(BotId id) {
        bots.remove(id);
    }

    private void put(BotId id, Lifecycle lifecycle) {
        bots.put(id, find(id).orElseThrow().withLifecycle(lifecycle));
    }

    public synchronized Optional<BotState> find(BotId id) {
        return Optional.ofNullable(bots.get(id));
    }

    public synchronized List<BotId> running() {
        return bots.values().stream()
                .filter(BotState::running)
                .map(BotState::id)
                .toList();
    }

    /** Starts and stops that changed something, in order. */
    public synchronized List<String> journal() {
        return List.copyOf(journal);
    }

    /** What state-service knows, also while bot-service is dead. */
    public synchronized List<BotState> records() {
        processes.mustBeUp("state-service");
        return List.copyOf(bots.values());
    }

    @Override
    public synchronized List<BotState> bots() {
        processes.mustBeUp("bot-service");
        return List.copyOf(bots.values());
    }

    @Override
    public synchronized void start(BotId id) {
        processes.mustBeUp("bot-service");
        if (canChange(id, false) && find(id).orElseThrow().lifecycle().emergencyStop() == null) {
            put(id, lifecycle(BotStatus.RUNNING, null, null));
            journal.add("start " + id);
        }
    }

    @Override
    public synchronized void stop(BotId id) {
        processes.mustBeUp("bot-service");
        if (canChange(id, true)) {
            put(id, lifecycle(BotStatus.STOPPED, StopReason.COMMAND, null));
            journal.add("stop " + id);
        }
    }

    private boolean canChange(BotId id, boolean running) {
        return find(id).filter(bot -> bot.running() == running).isPresent();
    }
}
