package io.everstate.bot.live;

import io.everstate.bot.live.DroppedTrades.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** One connection as it is heard. */
final class Hearing implements TradeStream.Listener {
    private static final Logger LOG = Logger.getLogger(Hearing.class);
    /** Clocks differ; a trade from further ahead has a wrong time, and would make bars that nobody traded in. */
    static final Duration MOST_AHEAD = Duration.ofMinutes(1);

    private final Map<String, LiveBars> markets;
    private final Clock clock;
    private final Duration staleAfter;
    private final DroppedTrades dropped;
    private final Set<Reason> said = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Instant heardAt;
    private volatile boolean begun;
    private volatile boolean heard;
    private volatile boolean finished;
    private volatile String why = "";

    /** @param staleAfter silence after which it is taken for dead */
    Hearing(Map<String, LiveBars> markets, Clock clock, Duration staleAfter, DroppedTrades dropped) {
        this.markets = markets;
        this.clock = clock;
        this.staleAfter = staleAfter;
        this.dropped = dropped;
        this.heardAt = clock.instant();
    }

    /** The connection is there: the silence counts from now, and what came before is not listened to. */
    void begin() {
        heardAt = clock.instant();
        markets.values().forEach(market -> market.connected(heardAt));
        begun = true;
    }

    @Override
    public void traded(LiveTrade trade) {
        if (finished || !begun) {
            return;
        }
        if (trade.at().isAfter(clock.instant().plus(MOST_AHEAD))) {
            drop(Reason.FUTURE, Set.of(trade.symbol()), "it is of " + trade.at());
            return;
        }
        heardAt = clock.instant();
        if (!heard) {
            markets.values().forEach(each -> each.firstHeard(trade.at()));
        }
        heard = true;
        var market = markets.get(trade.symbol());
        if (market != null && !market.traded(trade)) {
            drop(Reason.LATE, Set.of(trade.symbol()), "it is of " + trade.at() + ", and its bar is there without it");
        }
        markets.values().forEach(each -> each.heard(trade.at()));
    }

    @Override
    public void unreadable(Set<String> symbols) {
        if (!finished && begun) {
            drop(Reason.UNREADABLE, symbols, "what was told cannot be read");
        }
    }

    /** Which bar it is of is not known by its own time: that is absent, or wrong. */
    private void drop(Reason reason, Set<String> symbols, String why) {
        dropped.count(reason);
        if (said.add(reason)) {
            LOG.warnf("a trade of %s is left out, and from now on such are only counted: %s", symbols, why);
        }
        if (dropped.lookedUp(reason)) {
            symbols.stream().map(markets::get).filter(Objects::nonNull).forEach(LiveBars::doubt);
        }
    }

    @Override
    public void ended(String reason) {
        why = reason;
        ended.countDown();
    }

    /** Whether anything was. */
    boolean heard() {
        return heard;
    }

    /** What still comes is not listened to. */
    void finish() {
        finished = true;
    }

    /** Returns why it is over, once it is. */
    String await() throws InterruptedException {
        while (true) {
            var silence = Duration.between(heardAt, clock.instant());
            if (silence.compareTo(staleAfter) >= 0) {
                return "it said nothing for " + silence.toMillis() + " ms";
            }
            if (ended.await(staleAfter.minus(silence).toMillis() + 1, TimeUnit.MILLISECONDS)) {
                return why;
            }
        }
    }
}
