package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.figure.Percentile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** So many calls a second, whether or not the ones before were answered: what waits for a slow answer is counted as waiting. */
record SteadyRate(int perSecond, Duration length) {

    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MILLISECOND = 1e6;

    /** Milliseconds from the moment at which each call was due until it was answered. */
    record Latencies(List<Double> milliseconds) {

        double p50() {
            return Percentile.of(50, milliseconds);
        }

        double p99() {
            return Percentile.of(99, milliseconds);
        }

        double longest() {
            return Percentile.of(100, milliseconds);
        }
    }

    /** @throws IllegalStateException when a call fails, with the first failure */
    Latencies run(IntFunction<CompletableFuture<?>> call) {
        int calls = (int) (perSecond * length.toMillis() / 1000);
        double[] milliseconds = new double[calls];
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<CompletableFuture<?>> answers = new ArrayList<>(calls);
        long begin = System.nanoTime();
        for (int number = 0; number < calls; number++) {
            int place = number;
            long due = begin + (long) (number * NANOS_A_SECOND / perSecond);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            answers.add(call.apply(number).handle((_, thrown) -> {
                milliseconds[place] = (System.nanoTime() - due) / NANOS_A_MILLISECOND;
                return failure.compareAndSet(null, thrown);
            }));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).join();
        if (failure.get() != null) {
            throw new IllegalStateException("a call failed", failure.get());
        }
        return new Latencies(Arrays.stream(milliseconds).boxed().toList());
    }
}
