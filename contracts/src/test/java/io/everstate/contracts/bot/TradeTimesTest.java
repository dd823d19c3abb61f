package io.everstate.contracts.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.sample.EverySeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TradeTimesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final int MOST = 1_000;

    @EverySeed
    void holdsWhatAPlainFilterOfTheTimesLeaves(long seed) {
        var random = new Random(seed);
        var times = TradeTimes.of(List.of());
        List<Instant> plain = List.of();
        var time = NOON;
        for (int trade = 0; trade < 300; trade++) {
            time = time.plusNanos(step(random));
            if (random.nextInt(4) == 0) {
                plain = inAnyOrder(plain, random);
                times = TradeTimes.of(plain);
            }
            plain = filtered(plain, time);
            times = times.with(time);

            assertThat(times).isEqualTo(plain).hasSameHashCodeAs(plain);
            var end = NOON.plusNanos(step(random));
            assertThat(times.count(end)).isEqualTo(filtered(plain, end).size() - 1);
        }
        assertThat(TradeTimes.of(plain)).isEqualTo(times);
    }

    /** As a state may carry them that somebody else wrote: our own leave no time in front of an earlier one. */
    private static List<Instant> inAnyOrder(List<Instant> times, Random random) {
        var shuffled = new ArrayList<>(times);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /** Mostly on, sometimes back, now and then by exactly an hour or by less than a second. */
    private static long step(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> -random.nextLong(Duration.ofHours(2).toNanos());
            case 1 -> Duration.ofHours(1).toNanos();
            case 2 -> 0;
            case 3 -> random.nextInt(2_000_000_000);
            default -> random.nextLong(Duration.ofMinutes(3).toNanos());
        };
    }

    private static List<Instant> filtered(List<Instant> times, Instant end) {
        var left = new ArrayList<>(times.stream()
                .filter(time ->
                        !time.isAfter(end) && Duration.between(time, end).compareTo(Duration.ofHours(1)) < 0)
                .toList());
        left.add(end);
        return left;
    }

    @Test
    void holdsTheNewestThousand() {
        var times = TradeTimes.of(List.of());
        for (int trade = 0; trade < MOST + 200; trade++) {
            times = times.with(NOON.plusSeconds(trade));
        }
        var backward = times.with(NOON.plusSeconds(MOST + 150));

        assertThat(times).hasSize(MOST).startsWith(NOON.plusSeconds(200)).endsWith(NOON.plusSeconds(MOST + 199));
        assertThat(backward).hasSize(MOST - 48).last().isEqualTo(NOON.plusSeconds(MOST + 150));
    }

    /** Distances of this size are more than a long of nanoseconds holds. */
    @Test
    void doesNotFailAtTheEndsOfTime() {
        assertThat(TradeTimes.of(List.of(Instant.MIN)).with(Instant.MAX)).containsExactly(Instant.MAX);
        assertThat(TradeTimes.of(List.of(Instant.MAX)).with(Instant.MIN)).containsExactly(Instant.MIN);
        assertThat(TradeTimes.of(List.of(Instant.MIN)).with(Instant.MIN)).containsExactly(Instant.MIN, Instant.MIN);
    }
}
