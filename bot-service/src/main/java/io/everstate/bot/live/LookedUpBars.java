package io.everstate.bot.live;

import io.everstate.bot.history.BarHistory;
import io.everstate.bot.history.BarHistoryException;
import io.everstate.bot.live.KnownBars.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * Looks up what live markets did not hear, one request at a time: bars from before the connection, and whether a silent market is quiet or
 * just not heard. Without an answer everything goes on as without this; it asks again after a pause that grows.
 */
final class LookedUpBars implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LookedUpBars.class);
    /** Between two looks at what is missing, and so between two requests of one market. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

    private final BarHistory history;
    private final Map<String, LiveBars> markets;
    private final Patience patience;
    private final Clock clock;
    private final BiConsumer<String, String> unheard;
    private final Map<String, Attempts> attempts = new TreeMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final LongAdder bars = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("live-history").unstarted(this::run);
    /** The exchange wants to be asked nothing before. Only the thread touches it, and the attempts. */
    private Instant silentUntil = Instant.MIN;

    /** How often one market was asked about without gain, and when it is asked again. */
    private record Attempts(int vain, Instant next) {
        static final Attempts NONE = new Attempts(0, Instant.MIN);
    }

    /** @param unheard is told of a market with trades that were not heard, and why that is known */
    LookedUpBars(
            BarHistory history,
            Map<String, LiveBars> markets,
            Patience patience,
            Clock clock,
            BiConsumer<String, String> unheard) {
        this.history = history;
        this.markets = markets;
        this.patience = patience;
        this.clock = clock;
        this.unheard = unheard;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                lookUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is missing now, of each market once. */
    void lookUp() {
        markets.forEach(this::lookUp);
    }

    private void lookUp(String symbol, LiveBars market) {
        var now = clock.instant();
        var due = attempts.getOrDefault(symbol, Attempts.NONE).next();
        if (closing.getCount() > 0 && !now.isBefore(silentUntil) && !now.isBefore(due)) {
            market.unknown(now).ifPresent(wanted -> ask(symbol, market, wanted));
        }
    }

    private void ask(String symbol, LiveBars market, Unknown wanted) {
        try {
            var found = history.bars(symbol, wanted.from(), wanted.to());
            bars.add(found.size());
            var finding = market.learned(wanted, found);
            var gained = finding == Finding.AGREES || finding == Finding.STILL_LEAVES_OUT;
            if (gained && !found.isEmpty()) {
                attempts.remove(symbol);
            } else {
                inVain(symbol);
            }
            answered(symbol, market, finding);
        } catch (BarHistoryException e) {
            silentUntil = clock.instant().plus(e.pause());
            failed(symbol, e.detail());
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s: looking up its bars failed by a defect", symbol);
            failed(symbol, e.toString());
        }
    }

    private void answered(String symbol, LiveBars market, Finding finding) {
        switch (finding) {
            case BEHIND -> say(symbol, "it has less than was heard");
            case LEAVES_OUT -> say(symbol, "it leaves out the bars " + hole(market));
            case STILL_LEAVES_OUT -> {
                failures.remove(symbol);
                LOG.warnf(
                        "%s: the exchange's record leaves out the bars %s again and again: those behind them are used, older ones not asked for",
                        symbol, hole(market));
            }
            case UNHEARD -> {
                answersAgain(symbol);
                unheard.accept(symbol, "the exchange had trades of " + symbol + " that were not heard");
            }
            case AGREES -> answersAgain(symbol);
        }
    }

    private static String hole(LiveBars market) {
        return market.hole()
                .map(hole -> "%d to %d".formatted(hole.from(), hole.to()))
                .orElse("");
    }

    private void answersAgain(String symbol) {
        if (failures.remove(symbol) != null) {
            LOG.infof("%s: the exchange answers what is asked about its bars again", symbol);
        }
    }

    private void failed(String symbol, String why) {
        inVain(symbol);
        say(symbol, why);
    }

    private void inVain(String symbol) {
        var vain = attempts.getOrDefault(symbol, Attempts.NONE).vain();
        attempts.put(symbol, new Attempts(vain + 1, clock.instant().plus(patience.pause(vain))));
    }

    /** Once, until it is something else. */
    private void say(String symbol, String why) {
        var before = failures.put(symbol, why);
        if (!Objects.equals(before, why) && closing.getCount() > 0) {
            LOG.warnf("%s: bars that were not heard are not known by the exchange's record: %s", symbol, why);
        }
    }

    /** Why bars of these markets that were not heard are not known. */
    Map<String, String> failures() {
        return Map.copyOf(failures);
    }

    /** How many bars the exchange has told. */
    long told() {
        return bars.sum();
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            if (!thread.join(STOP_DEADLINE)) {
                LOG.warnf("looking up bars did not end within %s", STOP_DEADLINE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
