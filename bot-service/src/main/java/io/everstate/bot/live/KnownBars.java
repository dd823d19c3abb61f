package io.everstate.bot.live;

import io.everstate.bot.market.Bar;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bars of a market that are there, and which are missing between them. A bar that is there never changes. For one thread at a time. */
final class KnownBars {
    /** How many bars are looked up at once. */
    static final int MOST_AT_ONCE = 1_000;

    /** A hole in the exchange's record is believed when it was told so often in a row: who asks does so after pauses that grow. */
    static final int BELIEVED_AFTER = 10;

    private final int kept;
    private final NavigableMap<Long, Bar> bars;
    /** Before it nothing is asked for: the exchange had no bars yet, or has a hole right before it, across which no window is whole. */
    private long oldest;
    /** What the exchange's newest answer left out. */
    private @Nullable Unknown hole;
    /** How often in a row. */
    private int told;
    /** All bars from this one to {@link #wholeTo} are there: nobody has to look at them again. */
    private long wholeFrom;

    private long wholeTo = -1;

    /** Bars that are not known, both among them. */
    record Unknown(long from, long to) {}

    /** @param kept how many bars there are at most */
    KnownBars(int kept) {
        this(kept, new TreeMap<>());
    }

    /** @param bars where they are put; empty */
    KnownBars(int kept, NavigableMap<Long, Bar> bars) {
        this.kept = kept;
        this.bars = bars;
    }

    Optional<Bar> find(long number) {
        return Optional.ofNullable(bars.get(number));
    }

    /** Its number; -1 while there is none. */
    long newest() {
        return bars.isEmpty() ? -1 : bars.lastKey();
    }

    /** What is before it is not asked for. */
    long oldest() {
        return oldest;
    }

    Optional<Unknown> hole() {
        return Optional.ofNullable(hole);
    }

    /** One behind all others; those that are too old make room. */
    void add(Bar bar) {
        bars.putIfAbsent(bar.number(), bar);
        bars.headMap(bar.number() - kept, true).clear();
    }

    /**
     * One that was looked up.
     *
     * @param next from here on bars are heard; one that would be too old then is not kept
     */
    void learn(Bar bar, long next) {
        if (bar.number() < next && bar.number() >= next - kept) {
            bars.putIfAbsent(bar.number(), bar);
        }
    }

    /**
     * The newest that are missing before a bar, while {@code next} is the next to be heard. With them the one behind, where that is there:
     * without it a hole at their end would look like a record that has not come that far yet.
     */
    Optional<Unknown> missing(long before, long next) {
        var first = Math.max(oldest, next - kept);
        var last = lastWithout(before - 1, first);
        if (last < first) {
            return Optional.empty();
        }
        var to = bars.containsKey(last + 1) ? last + 1 : last;
        return Optional.of(new Unknown(firstWithout(last, Math.max(first, to - MOST_AT_ONCE + 1)), to));
    }

    private long lastWithout(long from, long first) {
        var number = from;
        while (number >= first && bars.containsKey(number)) {
            number = number >= wholeFrom && number <= wholeTo ? wholeFrom - 1 : number - 1;
        }
        if (number < from) {
            wholeFrom = number + 1;
            wholeTo = from;
        }
        return number;
    }

    private long firstWithout(long last, long first) {
        var before = bars.lowerKey(last);
        return before == null ? first : Math.max(first, before + 1);
    }

    /** Whether an answer leaves bars out; when it left out the same ones {@value #BELIEVED_AFTER} times, nobody asks for them any more. */
    Finding judge(Unknown asked, List<Bar> recorded) {
        var before = hole;
        hole = newestHole(asked, recorded);
        if (hole == null) {
            var first = recorded.getFirst().number();
            oldest = first > asked.from() ? first : oldest;
            return Finding.AGREES;
        }
        told = hole.equals(before) ? told + 1 : 1;
        if (told < BELIEVED_AFTER) {
            return Finding.LEAVES_OUT;
        }
        oldest = hole.to() + 1;
        return Finding.STILL_LEAVES_OUT;
    }

    private @Nullable Unknown newestHole(Unknown asked, List<Bar> recorded) {
        for (var index = recorded.size() - 1; index > 0; index--) {
            var expected = recorded.get(index - 1).number() + 1;
            if (recorded.get(index).number() > expected) {
                return new Unknown(expected, recorded.get(index).number() - 1);
            }
        }
        var first = recorded.getFirst().number();
        return first > asked.from() && bars.lowerKey(first) != null ? new Unknown(asked.from(), first - 1) : null;
    }
}
