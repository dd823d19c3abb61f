package io.everstate.bot.trading;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/** A bar that was read once and is shared by all bots, with what ta4j makes of it. Safe for use by many threads. */
final class KnownBar {
    static final DoubleNumFactory NUMBERS = DoubleNumFactory.getInstance();
    private static final int PLACES = 8;
    /** ta4j wants a span for each bar and the strategies ask for none. */
    private static final Duration SPAN = Duration.ofNanos(1);

    /** More than the different rules of most fleets; beyond it some are asked again. */
    private static final int MOST_ANSWERS = 32;

    private final Bar bar;
    /** What was asked about the bars up to this one. Two threads may answer at once; they answer the same. */
    private volatile Map<Object, Object> answers = Map.of();
    /** Two threads may make it at once; they make the same. */
    private volatile org.ta4j.core.@Nullable Bar converted;

    KnownBar(Bar bar) {
        this.bar = bar;
    }

    Bar bar() {
        return bar;
    }

    org.ta4j.core.Bar converted() {
        var known = converted;
        if (known == null) {
            known = conversion();
            converted = known;
        }
        return known;
    }

    /** @param question says by {@code equals} whether it was answered before */
    @SuppressWarnings("unchecked") // an answer was put there by the question's own type
    <T> T answer(Question<T> question, Supplier<BarSeries> series) {
        var known = answers.get(question);
        if (known == null) {
            known = question.answer(series.get());
            remember(question, known);
        }
        return (T) known;
    }

    private void remember(Object question, Object answer) {
        var present = answers.size() < MOST_ANSWERS ? answers : Map.<Object, Object>of();
        var more = new HashMap<>(present);
        more.put(question, answer);
        answers = Map.copyOf(more);
    }

    private org.ta4j.core.Bar conversion() {
        return new BaseBar(
                SPAN,
                bar.at().minus(SPAN),
                bar.at(),
                number(bar.open()),
                number(bar.high()),
                number(bar.low()),
                number(bar.close()),
                number(bar.volume()),
                NUMBERS.zero(),
                0);
    }

    private static Num number(Amount amount) {
        return NUMBERS.numOf(amount.value().scaleByPowerOfTen(PLACES).doubleValue());
    }
}
