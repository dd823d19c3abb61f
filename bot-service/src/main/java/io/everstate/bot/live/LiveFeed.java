package io.everstate.bot.live;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.bot.market.MarketFeed;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Live markets, over one connection that is watched: when it ends, or is silent for too long, nothing is decided by its markets, and it is
 * made anew after a pause that grows. What happened meanwhile is not known: bots go on with the bars that come then.
 */
public final class LiveFeed implements MarketFeed, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LiveFeed.class);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);
    /** Clocks differ; a trade from further ahead has a wrong time, and would make bars that nobody traded in. */
    static final Duration MOST_AHEAD = Duration.ofMinutes(1);

    private final Map<String, LiveBars> markets = new TreeMap<>();
    private final TradeStream stream;
    private final Patience patience;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("live-feed").unstarted(this::run);
    private volatile @Nullable Hearing hearing;
    private volatile String state = "not connected yet";

    /**
     * @param staleAfter silence after which a connection is taken for dead
     * @param retryBase the pause before the first new attempt; doubled up to {@code retryMax}
     */
    record Patience(Duration staleAfter, Duration retryBase, Duration retryMax) {
        Duration pause(int failures) {
            var doubled = retryBase.multipliedBy(1L << Math.min(failures, 16));
            return doubled.compareTo(retryMax) < 0 ? doubled : retryMax;
        }
    }

    /** @param kept of each market */
    record Bars(Duration span, int kept) {}

    LiveFeed(Set<String> symbols, Bars bars, TradeStream stream, Patience patience, Clock clock) {
        symbols.forEach(symbol -> markets.put(symbol, new LiveBars(bars.span(), bars.kept())));
        this.stream = stream;
        this.patience = patience;
        this.clock = clock;
    }

    /** Begins to connect, and returns at once. */
    public void start() {
        thread.start();
    }

    /** One connection as it is heard. */
    private final class Hearing implements TradeStream.Listener {
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile Instant heardAt = clock.instant();
        private volatile boolean heard;
        private volatile boolean warned;
        private volatile String why = "";

        @Override
        public void traded(LiveTrade trade) {
            if (hearing != this) {
                return;
            }
            if (trade.at().isAfter(clock.instant().plus(MOST_AHEAD))) {
                passOver(trade);
                return;
            }
            heardAt = clock.instant();
            heard = true;
            var market = markets.get(trade.symbol());
            if (market != null) {
                market.traded(trade);
            }
            markets.values().forEach(each -> each.heard(trade.at()));
        }

        private void passOver(LiveTrade trade) {
            if (!warned) {
                LOG.warnf(
                        "trades from the future are passed over, the first is of %s at %s", trade.symbol(), trade.at());
            }
            warned = true;
        }

        @Override
        public void ended(String reason) {
            why = reason;
            ended.countDown();
        }

        /** Returns why it is over, once it is. */
        String await() throws InterruptedException {
            while (closing.getCount() > 0) {
                var silence = Duration.between(heardAt, clock.instant());
                if (silence.compareTo(patience.staleAfter()) >= 0) {
                    return "it said nothing for " + silence.toMillis() + " ms";
                }
                var rest = patience.staleAfter().minus(silence).toMillis() + 1;
                if (ended.await(rest, TimeUnit.MILLISECONDS)) {
                    return why;
                }
            }
            return "the service is stopping";
        }
    }

    private void run() {
        var failures = 0;
        try {
            while (closing.getCount() > 0) {
                failures = hear() ? 0 : failures + 1;
                var stopped = closing.await(patience.pause(failures).toMillis(), TimeUnit.MILLISECONDS);
                LOG.debugf("the live feed %s", stopped ? "stops" : "connects again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Connects and hears until that is over. Returns whether anything was heard. */
    private boolean hear() throws InterruptedException {
        var present = new Hearing();
        hearing = present;
        try (var _ = stream.connect(markets.keySet(), present)) {
            markets.values().forEach(market -> market.connected(clock.instant()));
            present.heardAt = clock.instant();
            state = "connected";
            LOG.infof("live markets %s are connected", markets.keySet());
            lost(present.await());
        } catch (ProblemException e) {
            lost(e.detail());
        } catch (RuntimeException e) {
            LOG.error("the live feed failed; it connects again", e);
            lost(e.toString());
        } finally {
            hearing = null;
        }
        return present.heard;
    }

    private void lost(String why) {
        markets.values().forEach(LiveBars::interrupted);
        state = "not connected: " + why;
        if (closing.getCount() > 0) {
            LOG.warnf("live markets %s are not heard, nothing is decided by them: %s", markets.keySet(), why);
        }
    }

    /** A word about the connection, for people. */
    public String state() {
        return state;
    }

    /** Whether trades are heard, or can be at any moment. */
    public boolean connected() {
        return state.equals("connected");
    }

    @Override
    public Set<String> symbols() {
        return Set.copyOf(markets.keySet());
    }

    @Override
    public Optional<Bar> bar(String symbol, long number) {
        return market(symbol).find(number);
    }

    @Override
    public boolean isLive(String symbol) {
        return true;
    }

    @Override
    public Look look(String symbol, long number) {
        return market(symbol).look(number);
    }

    @Override
    public Optional<Amount> priceNow(String symbol, long position) {
        return market(symbol).newestPrice();
    }

    private LiveBars market(String symbol) {
        var market = markets.get(symbol);
        if (market == null) {
            throw new IllegalArgumentException("there is no market \"" + symbol + "\", only " + symbols());
        }
        return market;
    }

    @Override
    public void close() {
        closing.countDown();
        var present = hearing;
        if (present != null) {
            present.ended("the service is stopping");
        }
        try {
            if (!thread.join(STOP_DEADLINE)) {
                LOG.warnf("the live feed did not end within %s", STOP_DEADLINE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
