package io.everstate.bot.fleet;

import io.everstate.bot.hosting.BotHost;
import io.everstate.bot.hosting.BotHostFactory;
import io.everstate.bot.hosting.OutsideCommands;
import io.everstate.bot.ownership.Inheritance;
import io.everstate.bot.ownership.OwnershipConfiguration;
import io.everstate.bot.ownership.OwnershipListener;
import io.everstate.bot.ownership.OwnershipService;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.bot.ownership.PartitionLoader;
import io.everstate.bot.replica.OwnerHints;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** This replica's share of the fleet, from the start of the process to its end. */
@Singleton
public class Fleet implements OwnershipListener {
    private static final Logger LOG = Logger.getLogger(Fleet.class);
    private static final Duration FINAL_CHECKPOINTS = Duration.ofSeconds(5);

    private final OwnershipService service;
    private final BotHost host;
    private final OwnerHints hints;
    private final DefaultArbitrageBot standard;

    Fleet(
            BotHostFactory hosts,
            OwnershipConfiguration configuration,
            PartitionLoader loader,
            JsonFormat json,
            OwnerHints hints,
            DefaultArbitrageBot standard,
            Clock clock) {
        this.standard = standard;
        this.hints = hints;
        this.host = hosts.create(this::ownerships);
        this.service = new OwnershipService(configuration, new RecordCodec(json), loader, this, clock);
    }

    void start() {
        host.start();
        service.start();
    }

    /** Nothing is lost without it; it makes the next start know the newest prices. */
    void stop() throws InterruptedException {
        try {
            host.checkpointAll("shutdown").get(FINAL_CHECKPOINTS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("not every bot has a checkpoint of its last moment: %s", e.getMessage());
        } finally {
            service.close();
            host.stop();
        }
    }

    boolean alive() {
        return service.alive();
    }

    /** Makes the bot that every fleet has, if it is to be made here. */
    void ensureDefaultBot() {
        if (outside().isSettled(DefaultArbitrageBot.ID)) {
            standard.ensure(ownerships());
        }
    }

    /** Says again who owns what: one that was not heard would leave the other replicas without a way to the bots. */
    void announce() {
        ownerships().owned().forEach(owned -> hints.announce(owned.partition(), owned.epoch()));
    }

    public Ownerships ownerships() {
        return service.ownerships();
    }

    /** The way for commands of people and programs. */
    public OutsideCommands outside() {
        return host.outside();
    }

    public BotCommand checkpoint(BotId bot, String reason) {
        return host.checkpoint(bot, reason);
    }

    public void checkpointAll(String reason) {
        host.checkpointAll(reason).join();
    }

    @Override
    public void takes(int partition, long epoch) {
        host.takes(partition, epoch);
    }

    @Override
    public void owned(int partition, long epoch, List<BotState> bots, Inheritance inheritance) {
        host.owned(partition, epoch, bots, inheritance);
        hints.announce(partition, epoch);
    }

    @Override
    public void applied(int partition, BotState state) {
        host.applied(partition, state);
    }

    @Override
    public void skipped(int partition, SkipReason reason) {
        host.skipped(partition, reason);
    }

    @Override
    public void fenced(int partition, BotEventRecorded late) {
        host.fenced(partition, late);
    }

    @Override
    public void foreign(int partition) {
        host.foreign(partition);
    }

    @Override
    public void parked(int partition, BotId bot, Parking parking) {
        host.parked(partition, bot, parking);
    }

    @Override
    public void lost(int partition, String why) {
        host.lost(partition, why);
    }
}
