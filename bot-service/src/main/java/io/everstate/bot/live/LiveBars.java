package io.everstate.bot.live;

import io.everstate.bot.live.KnownBars.Unknown;
import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One market's trades as bars whose numbers are spans of time since 1970. A bar is closed when a trade of any market came that is later
 * than its end: silence closes nothing, for it may be that of the connection. Nor does a market's own silence that lasts too long: its bar
 * is held then until a trade of it comes, or the exchange's record says whether there were any.
 *
 * <p>A bar that was not heard from its beginning to its end, or of which a trade could not be used, is never made of what was heard; it can
 * be had from the record. A bar that is there never changes. Safe for many threads.
 */
final class LiveBars {
    /** Trades come out of order by a little. */
    static final Duration LATENESS = Duration.ofSeconds(1);
    /** Bars before these are history: they fill windows, nothing is decided at them. */
    static final int DECIDED_AT = 3;
    /** However long bars are, what ended longer ago is history as well: its close is no price of now. */
    static final Duration DECIDED_WITHIN = Duration.ofMinutes(3);
    /** In bars. */
    static final int LONGEST_SILENCE = 1_000;

    private final Duration span;
    private final Duration silentAfter;
    /** So long after its end a bar is decided at. */
    private final Duration decidedWithin;

    private final KnownBars known;
    /** The number of the bar that is being heard; -1 while none is. */
    private long open = -1;
    /** The first whole bar of this connection. */
    private long heardFrom;

    /** By number: the open bar, and those after it whose first trades came before the last ones of the open one. */
    private final Map<Long, FormingBar> forming = new HashMap<>();

    private @Nullable Amount newestPrice;
    /** By the exchange's clock, as far as it is known from any market. */
    private Instant heardUntil = Instant.MIN;
    /** Whether that is the exchange's own word, and not this machine's clock when the connection was made. */
    private boolean timed;
    /** Up to here nothing of this market is missing. */
    private Instant sureUntil = Instant.MIN;
    /** Whether a trade could not be used, and nothing was heard since that shows how late it was at most. */
    private boolean dropped;
    /** Up to this bar what was heard is not all that there was. */
    private long doubtfulUntil = -1;

    /**
     * @param kept how many bars there are at most
     * @param silentAfter for so long a market may be silent while others are heard, and is taken for quiet
     */
    LiveBars(Duration span, int kept, Duration silentAfter) {
        this.span = span;
        this.silentAfter = silentAfter;
        this.known = new KnownBars(kept);
        var several = span.multipliedBy(DECIDED_AT);
        this.decidedWithin = (several.compareTo(DECIDED_WITHIN) < 0 ? several : DECIDED_WITHIN).plus(LATENESS);
    }

    /** The connection is there from this moment on by this machine's clock; the first whole bar is the next one. */
    synchronized void connected(Instant at) {
        open = Math.max(numberOf(at) + 1, known.newest() + 1);
        heardFrom = open;
        forming.clear();
        heardUntil = at;
        timed = false;
        sureUntil = at;
        dropped = false;
        doubtfulUntil = -1;
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
        heardFrom = open;
        heardUntil = later(heardUntil, at);
        sureUntil = later(sureUntil, at);
    }

    /** What happens from now on is not heard. */
    synchronized void interrupted() {
        open = -1;
        forming.clear();
        newestPrice = null;
    }

    /** Returns whether it could be used: of a bar that is there already it comes too late. */
    synchronized boolean traded(LiveTrade trade) {
        if (open < 0) {
            return true;
        }
        var number = numberOf(trade.at());
        if (newestPrice == null || number >= open - 1) {
            newestPrice = trade.price();
        }
        if (number >= open) {
            forming.merge(number, FormingBar.of(trade), (bar, _) -> bar.with(trade));
        }
        sureUntil = later(sureUntil, trade.at());
        return number >= open || number < heardFrom || known.find(number).isEmpty();
    }

    /** A trade of this market was told and cannot be used. Its bar is one of those that are open until the next trade of any market. */
    synchronized void doubt() {
        dropped = true;
    }

    /** That time has come to here, by what an exchange said: bars that ended are closed. */
    synchronized void heard(Instant at) {
        if (open < 0) {
            return;
        }
        heardUntil = later(heardUntil, at);
        timed = true;
        if (dropped) {
            doubtfulUntil = numberOf(heardUntil.plus(LATENESS));
            dropped = false;
        }
        if (numberOf(at) - open > LONGEST_SILENCE) {
            goOnAt(numberOf(at) + 1); // a leap in time: nobody knows what was in it
        }
        closeEnded();
    }

    private void goOnAt(long number) {
        open = number;
        forming.keySet().removeIf(before -> before < number);
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
        if (!doubtful(open)) {
            made().ifPresent(known::add);
        }
        goOnAt(open + 1);
    }

    /** Of what was heard. */
    private Optional<Bar> made() {
        return Optional.ofNullable(forming.get(open))
                .map(traded -> traded.bar(open, endOf(open)))
                .or(() -> known.find(open - 1).map(this::quietAfter));
    }

    private boolean doubtful(long number) {
        return dropped || number <= doubtfulUntil;
    }

    private Bar quietAfter(Bar last) {
        var price = last.close();
        return new Bar(open, endOf(open), price, price, price, price, Amount.ZERO);
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
            return Optional.of(new Unknown(open, Math.min(newest, open + KnownBars.MOST_AT_ONCE - 1)));
        }
        var over = numberOf(later(heardUntil, now).minus(LATENESS));
        return known.missing(Math.min(over, open), open);
    }

    /** The exchange's record of bars that were asked for, in their order. A bar that is there already stays as it is. */
    synchronized Finding learned(Unknown asked, List<Bar> recorded) {
        if (open < 0 || recorded.isEmpty()) {
            return Finding.AGREES;
        }
        var complete = known.judge(asked, recorded);
        if (complete == Finding.LEAVES_OUT) {
            return complete;
        }
        goOnAt(Math.max(open, known.oldest()));
        for (var bar : recorded) {
            known.learn(bar, open);
            var finding = bar.number() == open && ended(open) ? compare(bar) : Finding.AGREES;
            if (finding != Finding.AGREES) {
                return finding;
            }
        }
        closeEnded();
        return complete;
    }

    /** What the exchange's newest answer left out between bars. */
    synchronized Optional<Unknown> hole() {
        return known.hole();
    }

    /** A bar that is held, with its record. When they agree the market was quiet, and it is known up to the bar's end. */
    private Finding compare(Bar recorded) {
        var traded = Optional.ofNullable(forming.get(open)).filter(_ -> !doubtful(open));
        var finding = doubtful(open) ? Finding.AGREES : Finding.of(recorded, traded, known.find(open - 1));
        if (finding == Finding.AGREES) {
            sureUntil = later(sureUntil, recorded.at());
            known.add(traded.map(bar -> bar.bar(open, endOf(open))).orElse(recorded));
            goOnAt(open + 1);
        }
        return finding;
    }

    private boolean held() {
        return ended(open) && silent();
    }

    /** For how long nothing was heard of a market whose bars are held; empty of any other. */
    synchronized Optional<Duration> silence() {
        return held() ? Optional.of(Duration.between(sureUntil, heardUntil)) : Optional.empty();
    }

    /** A bar that ended just now, by the exchange's clock; what ended before is gone, though it is there for windows. */
    synchronized Look look(long number) {
        var newest = known.newest();
        var heard = open >= 0 && timed && newest == open - 1 && !held();
        if (!heard || number > newest) {
            return new Look.NotYet();
        }
        return find(number)
                .filter(bar -> bar.number() > newest - DECIDED_AT && endedJustNow(bar))
                .<Look>map(Look.Present::new)
                .orElseGet(() -> new Look.Gone(newest));
    }

    private boolean endedJustNow(Bar bar) {
        return Duration.between(bar.at(), heardUntil).compareTo(decidedWithin) <= 0;
    }

    synchronized Optional<Bar> find(long number) {
        return known.find(number);
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
