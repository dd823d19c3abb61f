package io.everstate.benchmarks;

import io.everstate.benchmarks.figure.Figure;
import java.util.List;

/** Something that is measured. */
@FunctionalInterface
interface Benchmark {

    /** @param quick one short round; a look, not a result */
    List<Figure> run(boolean quick) throws InterruptedException;
}
