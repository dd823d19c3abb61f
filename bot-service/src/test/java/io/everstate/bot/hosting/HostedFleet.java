package io.everstate.bot.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.checkpoint.CheckpointWriter;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.market.TapeFeed;
import io.everstate.bot.ownership.LoopbackLog;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.KnownIn;
import io.everstate.contracts.log.KnownState;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.wire.JsonFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bots of one partition or more on a log in memory, with real files and a fast tape. */
final class HostedFleet {
    static final BotId BOT = SampleBots.id(1);
    static final BotId OTHER = SampleBots.id(2);
    static final TapeFeed TAPE = TapeFeed.bundled(Duration.ofMinutes(1), true);

    final SteppingClock clock = new SteppingClock();
    final Path directory;
    final CheckpointStore store;
    final LoopbackLog log;
    final BotHost host;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CheckpointWriter writer;
    private volatile MarketFeed market = TAPE;
    private volatile @Nullable CountDownLatch gate;
    private volatile boolean waiting;
    private volatile List<KnownState> lostEnds = List.of();
    private volatile Map<BotId, KnownIn> writers = Map.of();

    HostedFleet(Path directory) {
        this(directory, new SampleJson(), 1);
    }

    /** @param json by which files are written and read */
    HostedFleet(Path directory, JsonFormat json, int partitions) {
        this(directory, json, partitions, Duration.ofMillis(100));
    }

    /** @param returnDeadline a bot that should run and does not for this long is reported */
    HostedFleet(Path directory, Duration returnDeadline) {
        this(directory, new SampleJson(), 1, returnDeadline);
    }

    /** @param lostEnds asked what is known beyond the log */
    HostedFleet(Path directory, LostEnds lostEnds) {
        this(directory, new SampleJson(), 1, Duration.ofMillis(100), lostEnds);
    }

    private HostedFleet(Path directory, JsonFormat json, int partitions, Duration returnDeadline) {
        this(directory, json, partitions, returnDeadline, null);
    }

    private HostedFleet(
            Path directory, JsonFormat json, int partitions, Duration returnDeadline, @Nullable LostEnds asked) {
        this.directory = directory;
        store = new CheckpointStore(directory, 5, json);
        writer = new CheckpointWriter(store);
        host = new BotHost(
                this::ownerships,
                new Floor(),
                new BotHost.Memory(
                        store, writer, asked == null ? _ -> Optional.of(lostEnds) : asked, (_, _, _) -> writers),
                new FleetMetrics(registry),
                new BotHost.Pace(Duration.ofMillis(1), returnDeadline));
        log = new LoopbackLog(host, clock, partitions);
        host.start();
    }

    private Ownerships ownerships() {
        return log.ownerships();
    }

    void close() throws InterruptedException {
        log.surrender();
        host.stop();
        await().atMost(Duration.ofMinutes(1)).until(writer::stop);
    }

    /** What state-service knows beyond the log. */
    void lost(BotState... known) {
        lostEnds = Stream.of(known).map(state -> new KnownState(state, null)).toList();
    }

    /** The same, with the ownership up to which it had folded the log. */
    void lost(BotState known, KnownIn in) {
        lostEnds = List.of(new KnownState(known, in));
    }

    /** Who wrote the newest event that the log has of the bot. */
    void wrote(KnownIn by) {
        writers = Map.of(BOT, by);
    }

    void trade(MarketFeed here) {
        market = here;
    }

    /** Its one thread makes the other bot's runner from now on, until the latch is counted down. */
    CountDownLatch occupyTheHost() {
        log.assign(SampleBots.created(OTHER));
        var busy = new CountDownLatch(1);
        gate = busy;
        log.ownerships().execute(OTHER, new StartBot(), null);
        await().until(() -> waiting);
        gate = null;
        return busy;
    }

    void execute(BotCommand command) {
        log.ownerships().execute(BOT, command, null);
    }

    BotState state(BotId bot) {
        return log.ownerships().find(bot).orElseThrow();
    }

    long trades() {
        return state(BOT).portfolio().trades();
    }

    void awaitTrades(long atLeast) {
        await().untilAsserted(() -> assertThat(trades()).isGreaterThanOrEqualTo(atLeast));
    }

    void awaitRunning(int bots) {
        await().untilAsserted(() -> assertThat(
                        registry.get("everstate.bots.running").gauge().value())
                .isEqualTo(bots));
    }

    double successions(String kind) {
        return registry.get("everstate.bot.successions")
                .tag("kind", kind)
                .counter()
                .count();
    }

    Optional<String> notReturned(BotId bot) {
        return Optional.ofNullable(state(bot).lifecycle().absence())
                .map(Absence::notReturned)
                .map(Absence.NotReturned::reason);
    }

    <T extends BotEvent> List<T> events(Class<T> type) {
        return log.events(type);
    }

    List<BotEventRecorded> checkpoints() {
        return log.recorded()
                .filter(entry -> entry.event() instanceof CheckpointTaken)
                .toList();
    }

    private final class Floor implements TradingFloor {
        @Override
        public BotRunner runner(BotState state) {
            var closed = gate;
            if (closed != null) {
                waiting = true;
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return floor().runner(state);
        }

        @Override
        public Optional<Map<String, Amount>> prices(BotState state) {
            return floor().prices(state);
        }

        private MarketFloor floor() {
            return new MarketFloor(log::ownerships, market, new MarketWindows(market), new StrategyCatalogue());
        }
    }
}
