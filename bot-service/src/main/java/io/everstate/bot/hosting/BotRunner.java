package io.everstate.bot.hosting;

import io.everstate.bot.hosting.Places.Due;
import io.everstate.bot.market.Bar;
import io.everstate.bot.ownership.NotOwnerException;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.bot.ownership.RefusedException;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.trading.Desk;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.bot.trading.RiskGuard;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.StopInEmergency;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotCommand.WithMarks;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One running bot. Every bar goes to the strategy once; a fill is carried out by waiting until its event counts, however long that takes,
 * before the next bar is looked at. When the partition is lost the run ends; whoever owns it next goes on behind the newest fill or
 * checkpoint that counts, and since a strategy decides by bars and by what the log holds, it decides the same again.
 */
final class BotRunner {
    private static final Logger LOG = Logger.getLogger(BotRunner.class);
    /** A fill never becomes too old to begin: either it counts or the partition is lost. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    /** How far a market that is behind catches up in one tick. */
    private static final int CATCH_UP = 100;

    private final BotId bot;
    private final BotConfiguration configuration;
    private final Ownerships ownerships;
    private final Desk desk;
    private final Places places;
    private final LiveMarks marks = new LiveMarks();
    private final AtomicBoolean busy = new AtomicBoolean();
    /** Did not begin, and must before the next bar; only the tick at work touches it. */
    private @Nullable BotCommand owed;

    private volatile boolean finished;

    BotRunner(BotState state, Ownerships ownerships, MarketWindows windows, StrategyCatalogue catalogue) {
        this.bot = state.id();
        this.configuration = state.configuration();
        this.ownerships = ownerships;
        this.desk = Desk.of(
                catalogue.create(configuration.strategy(), configuration.parameters()),
                state.portfolio().symbols().keySet(),
                RiskGuard.of(configuration),
                windows);
        this.places = new Places(
                state.portfolio(), windows, desk.together(), sentence -> LOG.infof("bot %s: %s", bot, sentence));
    }

    /** The folded state with the newest prices. */
    BotState newest(BotState folded) {
        return marks.newest(folded);
    }

    void finish() {
        finished = true;
    }

    boolean finished() {
        return finished;
    }

    /** Whether it trades as the bot is configured to. */
    boolean follows(BotConfiguration present) {
        return configuration.equals(present);
    }

    /** Whether a tick is at work now. */
    boolean busy() {
        return busy.get();
    }

    /** One bar of each market; nothing while the bar before is still being worked on. */
    void tick() {
        if (finished || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            if (owed != null && !finished) {
                carryOut(owed);
            }
            step();
        } catch (CompletionException e) {
            afterFailure(e.getCause() == null ? e : e.getCause());
        } catch (ProblemException e) {
            afterFailure(e);
        } catch (RuntimeException e) {
            LOG.errorf(e, "bot %s skipped a bar by a defect", bot);
        } finally {
            busy.set(false);
        }
    }

    private void step() {
        for (var steps = 0; steps < CATCH_UP; steps++) {
            var due = places.due();
            var state = present();
            if (endedBy(state)) {
                return;
            }
            if (due.bars().isEmpty()) {
                afterLastBar(due);
                return;
            }
            if (stepped(due, state) || due.all()) {
                return;
            }
        }
    }

    private void afterLastBar(Due due) {
        if (!due.waiting()) {
            carryOut(new StopBot(StopReason.FEED_ENDED));
        }
    }

    /** Whether it ended in an emergency stop. Values of different times are not added up to judge a bot by. */
    private boolean stepped(Due due, BotState state) {
        due.bars().forEach((symbol, bar) -> mark(symbol, bar, state));
        if (due.complete() && stoppedInEmergency(marks.measured(state))) {
            return true;
        }
        if (desk.together()) {
            trade(due.bars());
        } else {
            due.bars().forEach((symbol, bar) -> trade(Map.of(symbol, bar)));
        }
        return false;
    }

    private void mark(String symbol, Bar bar, BotState state) {
        var folded = state.portfolio().symbols().get(symbol);
        if (folded != null) {
            marks.mark(symbol, folded, bar);
        }
    }

    private void trade(Map<String, Bar> bars) {
        var state = present();
        if (endedBy(state)) {
            return;
        }
        bars.keySet().forEach(places::passed);
        desk.decide(marks.newest(state).portfolio().symbols(), bars)
                .ifPresent(command -> carryOut(new WithMarks(command, marks::newest)));
        bars.forEach(marks::done);
    }

    /** A bot that was stopped and started again has another run. */
    private boolean endedBy(BotState state) {
        finished |= !state.running();
        return finished;
    }

    private BotState present() {
        return ownerships.find(bot).orElseThrow();
    }

    private boolean stoppedInEmergency(BotState state) {
        var limit = state.configuration().maxDrawdown();
        var drawdown = state.portfolio().drawdown();
        if (limit == null || drawdown.compareTo(limit) < 0) {
            return false;
        }
        var reason = "total value fell by %s of its highest, the limit is %s".formatted(drawdown, limit);
        LOG.warnf(
                "bot %s (%s) stops in emergency: %s", bot, state.configuration().name(), reason);
        // the stop first: whatever happens in between, the bot does not trade on; then the prices that it was judged by
        carryOut(new StopInEmergency(reason, drawdown));
        carryOut(new TakeCheckpoint("emergency stop", this::newest));
        return true;
    }

    private void carryOut(BotCommand command) {
        owed = command;
        ownerships.submit(bot, command, null, PATIENCE).join();
        owed = null;
        marks.carriedOut(command);
    }

    /** A run must not end while its bot is running here: another one would begin with the bot's next event only. */
    private void afterFailure(Throwable cause) {
        switch (cause) {
            case RefusedException refused -> afterRefusal(refused);
            case NotOwnerException lost -> end(lost);
            case ProblemException problem
            when problem.type() == ProblemType.UNAVAILABLE ->
                LOG.debugf("bot %s tries again at the next tick: %s", bot, problem.getMessage());
            case ProblemException problem -> end(problem);
            default -> {
                finished = true;
                LOG.errorf(cause, "bot %s ends its run here by a defect", bot);
            }
        }
    }

    private void afterRefusal(RefusedException refused) {
        owed = null;
        switch (refused.refusal()) {
            case NOT_RUNNING, EMERGENCY, UNKNOWN_BOT -> end(refused);
            default -> LOG.warnf("bot %s goes on without what was refused: %s", bot, refused.getMessage());
        }
    }

    private void end(ProblemException cause) {
        finished = true;
        LOG.infof("bot %s ends its run here: %s", bot, cause.getMessage());
    }
}
