package io.everstate.bot.external;

import io.everstate.bot.fleet.Fleet;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.RecordExternally;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.HeartbeatRecorded;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.external.Heartbeat;
import io.everstate.contracts.external.ReportedStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What bots told on a way that carries no token, where the configuration says whose it is. Never waits; what does not arrive is a line in the log. */
@ApplicationScoped
public class ExternalReports {
    private static final Logger LOG = Logger.getLogger(ExternalReports.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Fleet fleet;
    private final Heartbeats heartbeats;
    private final Clock clock;

    ExternalReports(Fleet fleet, Heartbeats heartbeats, Clock clock) {
        this.fleet = fleet;
        this.heartbeats = heartbeats;
        this.clock = clock;
    }

    /** Whether what the bot says is this replica's affair. */
    public boolean owns(BotId bot) {
        return fleet.ownerships().owns(bot);
    }

    public void heard(BotId bot, ReportedStatus status, @Nullable String detail) {
        fleet.ownerships().find(bot).filter(state -> !state.hosted()).ifPresent(state -> {
            if (heartbeats.heard(state, new Heartbeat(clock.instant(), status, detail))) {
                record(bot, new HeartbeatRecorded(status, detail));
            }
        });
    }

    public void record(BotId bot, ExternalEvent event) {
        var command = new OnlyIf(state -> state != null && !state.hosted(), new RecordExternally(event));
        var _ = fleet.outside().submit(bot, command, PATIENCE).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.warnf("what bot %s told is dropped: %s", bot, failure.getMessage());
            }
        });
    }
}
