package io.everstate.bot.live;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One market's trades as bars whose numbers are spans of time since 1970. A bar is closed when a trade of any market came that is later
 * than its end: silence closes nothing, for it may be that of the connection. Nor does a market's own silence that lasts too long: its bar
 * is held then until a trade of it comes, or the exchange's record says whether there were any.
 *
 * <p>A bar that was not heard from its beginning to its end is never made of what was heard; it can be had from the record. A bar that is
 * there never changes. Safe for many threads.
 */
final class LiveBars {
    /** Trades come out of order by a little. */
    static final Duration LATENESS = Duration.ofSeconds(1);
    /** Bars before these are history: they fill windows, nothing is decided at them. */
    static final int DECIDED_AT = 3;
    /** In bars. */
    static final int LONGEST_SILENCE = 1_000;
    /** How many bars are looked up at once. */
    static final int MOST_AT_ONCE = 1_000;

    private final Duration span;
    private final int kept;
    private final Duration silentAfter;
    private final NavigableMap<Long, Bar> closed = new TreeMap<>();
    /** The number of the bar that is being heard; -1 while none is. */
    private long open = -1;

    /** By number: the open bar, and those after it whose first trades came before the last ones of the open one. */
    private final Map<Long, FormingBar> forming = new HashMap<>();

    private @Nullable Amount newestPrice;
    /** By the exchange's clock, as far as it is known from any market. */
    private Instant heardUntil = Instant.MIN;
    /** Up to here nothing of this market is missing. */
    private Instant sureUntil = Instant.MIN;
    /** The exchange has no bar before it. */
    private long oldest;

    /**
     * @param kept how many bars there are at most
     * @param silentAfter for so long a market may be silent while others are heard, and is taken for quiet
     */
    LiveBars(Duration span, int kept, Duration silentAfter) {
        this.span = span;
        this.kept = kept;
        this.silentAfter = silentAfter;
    }

    /** Bars that are to be looked up, both among them. */
    record Unknown(long from, long to) {}

    /** What the exchange's record says of what was heard. */
    enum Finding {
        AGREES,
        /** It has trades that were not heard. */
        UNHEARD,
        /** It does not have trades that were heard: it is behind, or wrong. */
        BEHIND,
        /** It begins behind bars that the market has before: some are left out, and none is used. */
        LEAVES_OUT
    }

    /** The connection is there from this moment on by this machine's clock; the first whole bar is the next one. */
    synchronized void connected(Instant at) {
        open = Math.max(numberOf(at) + 1, closed.isEmpty() ? 0 : closed.lastKey() + 1);
        forming.clear();
        heardUntil = at;
        sureUntil = at;
    }

    /**
     * The first trade of this connection, of any market, by the exchange's clock. This machine's may be behind it: the bar of that trade had
     * begun before anything was heard.
     */
    synchronized void firstHeard(Instant at) {
        if (open < 0) {
            return;
        }
        open = Math.max(open, numberOf(at) + 1);
        heardUntil = later(heardUntil, at);
        sureUntil = later(sureUntil, at);
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
        sureUntil = later(sureUntil, trade.at());
    }

    /** That time has come to here, by what an exchange said: bars that ended are closed. */
    synchronized void heard(Instant at) {
        if (open < 0) {
            return;
        }
        heardUntil = later(heardUntil, at);
        if (numberOf(at) - open > LONGEST_SILENCE) {
            open = numberOf(at) + 1; // a leap in time: nobody knows what was in it
            forming.clear();
        }
        closeEnded();
    }

    private void closeEnded() {
        while (ended(open) && !silent()) {
            close();
        }
    }

    private boolean ended(long number) {
        return open >= 0 && !heardUntil.isBefore(endOf(number).plus(LATENESS));
    }

    private boolean silent() {
        return Duration.between(sureUntil, heardUntil).compareTo(silentAfter) > 0;
    }

    private void close() {
        var last = closed.get(open - 1);
        var traded = forming.get(open);
        if (traded != null) {
            close(traded.bar(open, endOf(open)));
        } else if (last != null) {
            var price = last.close();
            close(new Bar(open, endOf(open), price, price, price, price, Amount.ZERO));
        } else {
            open++;
        }
    }

    private void close(Bar bar) {
        closed.put(bar.number(), bar);
        forming.remove(bar.number());
        closed.headMap(bar.number() - kept, true).clear();
        open = bar.number() + 1;
    }

    /**
     * What is not known of what is over: bars that are held, or else the newest that are missing.
     *
     * @param now by this machine's clock, while the exchange said nothing
     */
    synchronized Optional<Unknown> unknown(Instant now) {
        if (open < 0) {
            return Optional.empty();
        }
        if (held()) {
            var newest = numberOf(heardUntil.minus(LATENESS)) - 1;
            return Optional.of(new Unknown(open, Math.min(newest, open + MOST_AT_ONCE - 1)));
        }
        var over = numberOf(later(heardUntil, now).minus(LATENESS)) - 1;
        var first = Math.max(oldest, open - kept);
        var to = lastWithout(Math.min(over, open - 1), first);
        return to < first ? Optional.empty() : Optional.of(new Unknown(firstWithout(to, first), to));
    }

    private long lastWithout(long from, long first) {
        var number = from;
        while (number >= first && closed.containsKey(number)) {
            number--;
        }
        return number;
    }

    private long firstWithout(long to, long first) {
        var before = closed.lowerKey(to);
        var beginning = before == null ? first : Math.max(first, before + 1);
        return Math.max(beginning, to - MOST_AT_ONCE + 1);
    }

    /** The exchange's record of bars that were asked for. A bar that is there already stays as it is. */
    synchronized Finding learned(Unknown asked, List<Bar> bars) {
        if (open < 0 || bars.isEmpty()) {
            return Finding.AGREES;
        }
        var first = bars.getFirst().number();
        if (first > asked.from() && closed.lowerKey(first) != null) {
            return Finding.LEAVES_OUT;
        }
        oldest = first > asked.from() ? first : oldest;
        for (var bar : bars) {
            if (bar.number() < open && bar.number() >= open - kept) {
                closed.putIfAbsent(bar.number(), bar);
            }
            var finding = bar.number() == open && ended(open) ? compare(bar) : Finding.AGREES;
            if (finding != Finding.AGREES) {
                return finding;
            }
        }
        closeEnded();
        return Finding.AGREES;
    }

    /** A bar that is held, with its record. When they agree the market was quiet, and it is known up to the bar's end. */
    private Finding compare(Bar recorded) {
        var traded = forming.get(open);
        var last = closed.get(open - 1);
        var heard = traded == null ? Amount.ZERO : traded.volume();
        var other = recorded.volume().compareTo(heard);
        var moved = traded == null && last != null && !last.close().equals(recorded.close());
        if (other != 0 || moved) {
            return other < 0 ? Finding.BEHIND : Finding.UNHEARD;
        }
        sureUntil = later(sureUntil, recorded.at());
        close(traded == null ? recorded : traded.bar(open, endOf(open)));
        return Finding.AGREES;
    }

    private boolean held() {
        return ended(open) && silent();
    }

    /** For how long nothing was heard of a market whose bars are held; empty of any other. */
    synchronized Optional<Duration> silence() {
        return held() ? Optional.of(Duration.between(sureUntil, heardUntil)) : Optional.empty();
    }

    synchronized Look look(long number) {
        var newest = closed.isEmpty() ? -1 : closed.lastKey();
        var heard = open >= 0 && newest == open - 1 && !held();
        if (!heard || number > newest) {
            return new Look.NotYet();
        }
        return find(number)
                .filter(bar -> bar.number() > newest - DECIDED_AT)
                .<Look>map(Look.Present::new)
                .orElseGet(() -> new Look.Gone(newest));
    }

    synchronized Optional<Bar> find(long number) {
        return Optional.ofNullable(closed.get(number));
    }

    /** Empty while the market is not heard. */
    synchronized Optional<Amount> newestPrice() {
        return held() ? Optional.empty() : Optional.ofNullable(newestPrice);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private long numberOf(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), span.toMillis());
    }

    private Instant endOf(long number) {
        return Instant.ofEpochMilli((number + 1) * span.toMillis());
    }
}
