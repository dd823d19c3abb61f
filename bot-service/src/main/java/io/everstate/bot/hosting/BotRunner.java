package io.everstate.bot.hosting;

import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.ownership.NotOwnerException;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.bot.ownership.RefusedException;
import io.everstate.bot.trading.PaperExchange;
import io.everstate.bot.trading.StrategyCatalogue;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.RecordFill;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.StopInEmergency;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.bot.SymbolState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One running bot. Every bar goes to the strategy once; a fill is carried out by waiting until its event counts, however long that takes,
 * before the next bar is looked at. When the partition is lost the run ends; whoever owns it next goes on behind the newest fill or
 * checkpoint that counts, and since a strategy decides by bars alone it decides the same again.
 */
final class BotRunner {
    private static final Logger LOG = Logger.getLogger(BotRunner.class);
    /** A fill never becomes too old to begin: either it counts or the partition is lost. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final BotId bot;
    private final BotConfiguration configuration;
    private final List<SymbolTrader> traders;
    private final Ownerships ownerships;
    private final PaperExchange exchange;
    private final LiveMarks marks = new LiveMarks();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Set<String> ended = new HashSet<>();
    /** Did not begin, and must before the next bar; only the tick at work touches it. */
    private @Nullable BotCommand owed;

    private volatile boolean finished;

    BotRunner(
            BotState state,
            Ownerships ownerships,
            MarketFeed market,
            StrategyCatalogue catalogue,
            PaperExchange exchange) {
        this.bot = state.id();
        this.configuration = state.configuration();
        this.ownerships = ownerships;
        this.exchange = exchange;
        this.traders = state.portfolio().symbols().entrySet().stream()
                .map(entry -> new SymbolTrader(
                        entry.getKey(), state.configuration(), entry.getValue().feedPosition(), market, catalogue))
                .toList();
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
        for (var trader : traders) {
            var state = ownerships.find(bot).orElseThrow();
            if (finished || !state.running()) {
                return;
            }
            trader.step()
                    .ifPresentOrElse(step -> trade(trader.symbol(), step, state), () -> ended.add(trader.symbol()));
        }
        if (ended.size() == traders.size()) {
            carryOut(new StopBot(StopReason.FEED_ENDED));
        }
    }

    private void trade(String symbol, SymbolTrader.Step step, BotState state) {
        var folded = state.portfolio().symbols().get(symbol);
        if (folded == null) {
            return;
        }
        var marked = marks.mark(symbol, folded, step.bar());
        if (stoppedInEmergency(marks.newest(state))) {
            return;
        }
        fill(symbol, marked, step, state).ifPresent(fill -> carryOut(new RecordFill(fill)));
        marks.done(symbol, step.bar());
    }

    private Optional<Fill> fill(String symbol, SymbolState marked, SymbolTrader.Step step, BotState state) {
        return exchange.fill(
                symbol, marked, step.signal(), step.bar(), state.configuration().feeRate());
    }

    private boolean stoppedInEmergency(BotState state) {
        var limit = state.configuration().maxDrawdown();
        var drawdown = drawdown(state);
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

    /** (highest - present) / highest over all symbols, 0.2 = 20 %. */
    static Amount drawdown(BotState state) {
        var highest = state.portfolio().symbols().values().stream()
                .map(SymbolState::highestValue)
                .reduce(Amount.ZERO, Amount::plus);
        return highest.isPositive()
                ? highest.minus(state.portfolio().totalValue()).dividedBy(highest)
                : Amount.ZERO;
    }

    private void carryOut(BotCommand command) {
        owed = command;
        ownerships.submit(bot, command, null, PATIENCE).join();
        owed = null;
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
