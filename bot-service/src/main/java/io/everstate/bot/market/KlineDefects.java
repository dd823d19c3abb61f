package io.everstate.bot.market;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is wrong with a file of klines: how often, and where at first. Not thread-safe. */
final class KlineDefects {
    private static final int SHOWN = 20;

    enum Kind {
        /** Bars are missing before this line. */
        GAP,
        /** The line's time is not behind that of the line before, or not a whole number of bars behind it. */
        DISORDER,
        /** The line cannot be read. */
        BROKEN
    }

    /**
     * @param line counted from 1, the header among them
     * @param bars how many bars are missing before it; 1 for a line that is left out
     */
    record Defect(Kind kind, long line, long bars, String sentence) {}

    private final List<Defect> first = new ArrayList<>();
    private final Map<Kind, Long> lines = new EnumMap<>(Kind.class);
    private long missingBars;

    void add(Kind kind, long line, long bars, String sentence) {
        lines.merge(kind, 1L, Long::sum);
        missingBars += kind == Kind.GAP ? bars : 0;
        if (first.size() < SHOWN) {
            first.add(new Defect(kind, line, bars, sentence));
        }
    }

    boolean none() {
        return first.isEmpty();
    }

    long count(Kind kind) {
        return lines.getOrDefault(kind, 0L);
    }

    long missingBars() {
        return missingBars;
    }

    /** The first {@value #SHOWN}, in the order of the file but for gaps, which are found last. */
    List<Defect> first() {
        return List.copyOf(first);
    }

    /** One line a defect, and how many there are of each kind. */
    String report() {
        var text = new StringBuilder("%d gaps (%d bars are missing), %d lines out of order, %d broken lines"
                .formatted(count(Kind.GAP), missingBars, count(Kind.DISORDER), count(Kind.BROKEN)));
        for (var defect : first) {
            text.append("\n  line %d: %s, %s"
                    .formatted(defect.line(), defect.kind().name().toLowerCase(Locale.ROOT), defect.sentence()));
        }
        return text.toString();
    }
}
