package io.everstate.bot.external;

import io.everstate.bot.fleet.Fleet;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.RecordExternally;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.SilenceNoticed;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Notices that a bot is heard no more. The owner of the bot asks; the log decides, as with everything. */
@ApplicationScoped
class SilenceWatch {
    private static final Logger LOG = Logger.getLogger(SilenceWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How often in the time that a bot may be silent. */
    private static final int LOOKS = 10;

    private final Fleet fleet;
    private final Heartbeats heartbeats;
    private final Duration silentAfter;
    private final Clock clock;
    /** Since when these bots are owned here: what was said while nobody listened is no silence. Only the timer's thread touches it. */
    private final Map<BotId, Instant> watchedSince = new HashMap<>();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("silence-watch").factory());

    SilenceWatch(Fleet fleet, Heartbeats heartbeats, ExternalConfiguration configuration, Clock clock) {
        this.fleet = fleet;
        this.heartbeats = heartbeats;
        this.silentAfter = configuration.silentAfter();
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        var pause = Math.max(100, silentAfter.toMillis() / LOOKS);
        var _ = timer.scheduleWithFixedDelay(this::guarded, pause, pause, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    /** A timer never runs again after a failure; this one must. */
    private void guarded() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("looking for silent bots failed; the next look tries again", e);
        }
    }

    private void look() {
        var external =
                fleet.ownerships().bots().stream().filter(bot -> !bot.hosted()).toList();
        var owned = external.stream().map(BotState::id).collect(Collectors.toSet());
        heartbeats.keepOnly(owned);
        watchedSince.keySet().retainAll(owned);
        owned.forEach(bot -> watchedSince.putIfAbsent(bot, clock.instant()));
        external.stream().filter(BotState::running).forEach(this::look);
    }

    private void look(BotState bot) {
        var now = clock.instant();
        heartbeats
                .lastAlive(bot)
                .map(alive -> later(alive, watchedSince.getOrDefault(bot.id(), now)))
                .filter(alive -> alive.plus(silentAfter).isBefore(now))
                .ifPresent(alive -> notice(bot, alive, now));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private void notice(BotState bot, Instant alive, Instant now) {
        var silence = Duration.between(alive, now);
        LOG.warnf(
                "bot %s (%s) is silent since %s", bot.id(), bot.configuration().name(), alive);
        var command = new OnlyIf(
                state -> state != null && Objects.equals(state.external(), bot.external()),
                new RecordExternally(new SilenceNoticed(silence.toSeconds())));
        var _ = fleet.outside().submit(bot.id(), command, PATIENCE).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.infof("the silence of bot %s was not recorded: %s", bot.id(), failure.getMessage());
            }
        });
    }
}
