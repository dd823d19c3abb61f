package io.everstate.benchmarks.bots;

import java.util.List;

/** How bot-service is started for many bots: the compiler that optimises, and a heap of 512 MB. */
final class Bench {

    static final List<String> LARGE_JVM =
            List.of("-Xmx512m", "-XX:TieredStopAtLevel=4", "-XX:ReservedCodeCacheSize=96m");

    private Bench() {}
}
