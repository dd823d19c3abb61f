package io.everstate.bot.live;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One market's trades as bars whose numbers are spans of time since 1970. A bar is closed when a trade of any market came that is later
 * than its end: silence closes nothing, for it may be that of the connection. A bar that was not heard from its beginning to its end is
 * never made, and those before it are forgotten: bars that are there have no gaps. Safe for many threads.
 */
final class LiveBars {
    /** Trades come out of order by a little. */
    static final Duration LATENESS = Duration.ofSeconds(1);
    /** Bars before these are history: they fill windows, nothing is decided at them. */
    static final int DECIDED_AT = 3;
    /** In bars. */
    static final int LONGEST_SILENCE = 1_000;

    private final Duration span;
    private final int kept;
    private final Deque<Bar> closed = new ArrayDeque<>();
    /** The number of the bar that is being heard; -1 while none is. */
    private long open = -1;

    /** By number: the open bar, and those after it whose first trades came before the last ones of the open one. */
    private final Map<Long, FormingBar> forming = new HashMap<>();

    private @Nullable Amount newestPrice;

    LiveBars(Duration span, int kept) {
        this.span = span;
        this.kept = kept;
    }

    /** The connection is there from this moment on; the first whole bar is the next one. */
    synchronized void connected(Instant at) {
        open = numberOf(at) + 1;
        forming.clear();
    }

    /** What happens from now on is not heard. */
    synchronized void interrupted() {
        open = -1;
        forming.clear();
        newestPrice = null;
    }

    synchronized void traded(LiveTrade trade) {
        if (open < 0) {
            return;
        }
        var number = numberOf(trade.at());
        if (newestPrice == null || number >= open - 1) {
            newestPrice = trade.price();
        }
        if (number >= open) {
            forming.merge(number, FormingBar.of(trade), (bar, _) -> bar.with(trade));
        }
    }

    /** That time has come to here, by what an exchange said: bars that ended are closed. */
    synchronized void heard(Instant at) {
        if (open >= 0 && numberOf(at) - open > LONGEST_SILENCE) {
            connected(at); // a leap in time: nobody knows what was in it
        }
        while (open >= 0 && !at.isBefore(endOf(open).plus(LATENESS))) {
            close();
        }
    }

    private void close() {
        var last = closed.isEmpty() ? null : closed.getLast();
        if (last != null && last.number() != open - 1) {
            closed.clear();
            last = null;
        }
        var price = last == null ? null : last.close();
        var traded = forming.remove(open);
        if (traded != null) {
            closed.add(traded.bar(open, endOf(open)));
        } else if (price != null) {
            closed.add(new Bar(open, endOf(open), price, price, price, price, Amount.ZERO));
        }
        if (closed.size() > kept) {
            closed.removeFirst();
        }
        open++;
    }

    synchronized Look look(long number) {
        var newest = closed.isEmpty() ? -1 : closed.getLast().number();
        var heard = open >= 0 && newest == open - 1;
        if (!heard || number > newest) {
            return new Look.NotYet();
        }
        return find(number)
                .filter(bar -> bar.number() > newest - DECIDED_AT)
                .<Look>map(Look.Present::new)
                .orElseGet(() -> new Look.Gone(newest));
    }

    synchronized Optional<Bar> find(long number) {
        return closed.stream().filter(bar -> bar.number() == number).findFirst();
    }

    /** Empty while the market is not heard. */
    synchronized Optional<Amount> newestPrice() {
        return Optional.ofNullable(newestPrice);
    }

    private long numberOf(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), span.toMillis());
    }

    private Instant endOf(long number) {
        return Instant.ofEpochMilli((number + 1) * span.toMillis());
    }

    /** The trades of a bar so far. */
    private record FormingBar(Amount opening, Amount high, Amount low, Amount closing, Amount volume) {
        static FormingBar of(LiveTrade trade) {
            return new FormingBar(trade.price(), trade.price(), trade.price(), trade.price(), trade.quantity());
        }

        FormingBar with(LiveTrade trade) {
            var price = trade.price();
            return new FormingBar(
                    opening,
                    high.max(price),
                    low.compareTo(price) <= 0 ? low : price,
                    price,
                    volume.plus(trade.quantity()));
        }

        Bar bar(long number, Instant end) {
            return new Bar(number, end, opening, high, low, closing, volume);
        }
    }
}
