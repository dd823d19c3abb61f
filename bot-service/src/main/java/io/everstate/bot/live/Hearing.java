package io.everstate.bot.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Instant heardAt;
    private volatile boolean begun;
    private volatile boolean heard;
    private volatile boolean finished;
    private volatile boolean warned;
    private volatile String why = "";

    /** @param staleAfter silence after which it is taken for dead */
    Hearing(Map<String, LiveBars> markets, Clock clock, Duration staleAfter) {
        this.markets = markets;
        this.clock = clock;
        this.staleAfter = staleAfter;
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
            passOver(trade);
            return;
        }
        heardAt = clock.instant();
        if (!heard) {
            markets.values().forEach(each -> each.firstHeard(trade.at()));
        }
        heard = true;
        var market = markets.get(trade.symbol());
        if (market != null) {
            market.traded(trade);
        }
        markets.values().forEach(each -> each.heard(trade.at()));
    }

    private void passOver(LiveTrade trade) {
        if (!warned) {
            LOG.warnf("trades from the future are passed over, the first is of %s at %s", trade.symbol(), trade.at());
        }
        warned = true;
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
