package io.everstate.bot.live;

import io.everstate.bot.history.BarHistory;
import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.bot.market.MarketFeed;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Live markets, over one connection that is watched: when it ends, is silent for too long, or did not tell of trades that there were,
 * nothing is decided by its markets, and it is made anew after a pause that grows. Bars of the time in between are looked up at the
 * exchange; where that does not answer, bots go on with the bars that come then.
 */
public final class LiveFeed implements MarketFeed, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LiveFeed.class);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

    private final Map<String, LiveBars> markets;
    private final TradeStream stream;
    private final Optional<LookedUpBars> archive;
    private final Patience patience;
    private final Clock clock;
    private final DroppedTrades dropped;
    private final LongAdder unheard = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("live-feed").unstarted(this::run);
    private volatile @Nullable Hearing hearing;
    private volatile String state = "not connected yet";

    /** @param archive of what was not heard; empty when nobody is to be asked */
    record Exchange(TradeStream stream, Optional<BarHistory> archive) {}

    LiveFeed(Map<String, LiveBars> markets, Exchange exchange, Patience patience, Clock clock) {
        this.markets = new TreeMap<>(markets);
        this.stream = exchange.stream();
        this.patience = patience;
        this.clock = clock;
        this.archive = exchange.archive()
                .map(history -> new LookedUpBars(history, this.markets, patience, clock, this::onUnheard));
        this.dropped = new DroppedTrades(archive.isPresent());
    }

    /** Begins to connect, and returns at once. */
    public void start() {
        thread.start();
        archive.ifPresent(LookedUpBars::start);
    }

    private void onUnheard(String symbol, String why) {
        unheard.increment();
        LOG.errorf("%s: the connection does not tell of its trades any more and is made anew: %s", symbol, why);
        var present = hearing;
        if (present != null) {
            present.ended(why);
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
        var present = new Hearing(markets, clock, patience.staleAfter(), dropped);
        hearing = present;
        try (var _ = stream.connect(markets.keySet(), present)) {
            present.begin();
            state = "connected";
            LOG.infof("live markets %s are connected", markets.keySet());
            lost(present.await());
        } catch (ProblemException e) {
            lost(e.detail());
        } catch (RuntimeException e) {
            LOG.error("the live feed failed; it connects again", e);
            lost(e.toString());
        } finally {
            present.finish();
            hearing = null;
        }
        return present.heard();
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

    /** For how long nothing was heard of it, when that is so long that nothing is decided by it; zero of any other. */
    Duration silence(String symbol) {
        return market(symbol).silence().orElse(Duration.ZERO);
    }

    /** A word about each market whose bars are not all known, for people. */
    Map<String, String> doubts() {
        var doubts = new TreeMap<String, String>();
        archive.map(LookedUpBars::failures).ifPresent(doubts::putAll);
        markets.forEach((symbol, bars) -> bars.silence()
                .ifPresent(silence -> doubts.merge(
                        symbol,
                        "silent for %d s while others are heard, nothing is decided by it"
                                .formatted(silence.toSeconds()),
                        (why, silent) -> silent + "; " + why)));
        return doubts;
    }

    /** How many bars were looked up. */
    long lookedUp() {
        return archive.map(LookedUpBars::told).orElse(0L);
    }

    /** How often a market turned out to have trades that were not heard. */
    long unheard() {
        return unheard.sum();
    }

    /** How many trades were told and could not be used. */
    long dropped(DroppedTrades.Reason reason) {
        return dropped.of(reason);
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
        archive.ifPresent(LookedUpBars::close);
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
