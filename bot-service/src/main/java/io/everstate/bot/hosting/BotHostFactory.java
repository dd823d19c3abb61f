package io.everstate.bot.hosting;

import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.checkpoint.CheckpointWriter;
import io.everstate.bot.market.MarketConfiguration;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.ownership.LogWriters;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.trading.MarketWindows;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;

/** Wires the host of the bots. */
@ApplicationScoped
public class BotHostFactory {
    private static final double NANOS_A_SECOND = 1e9;

    private final MarketFeed market;
    private final MarketConfiguration pace;
    private final StrategyCatalogue strategies;
    private final CheckpointStore checkpoints;
    private final CheckpointWriter writer;
    private final LostEnds lostEnds;
    private final LogWriters writers;
    private final HostingConfiguration hosting;
    private final MeterRegistry registry;

    BotHostFactory(
            MarketFeed market,
            MarketConfiguration pace,
            StrategyCatalogue strategies,
            CheckpointStore checkpoints,
            CheckpointWriter writer,
            LostEnds lostEnds,
            LogWriters writers,
            HostingConfiguration hosting,
            MeterRegistry registry) {
        this.market = market;
        this.pace = pace;
        this.strategies = strategies;
        this.checkpoints = checkpoints;
        this.writer = writer;
        this.lostEnds = lostEnds;
        this.writers = writers;
        this.hosting = hosting;
        this.registry = registry;
    }

    public BotHost create(Supplier<Ownerships> ownerships) {
        var tick = Duration.ofNanos(Math.round(NANOS_A_SECOND / pace.speed()));
        return new BotHost(
                ownerships,
                new MarketFloor(ownerships, market, new MarketWindows(market), strategies),
                new BotHost.Memory(checkpoints, writer, lostEnds, writers),
                new FleetMetrics(registry),
                new BotHost.Pace(tick, hosting.returnDeadline()));
    }
}
