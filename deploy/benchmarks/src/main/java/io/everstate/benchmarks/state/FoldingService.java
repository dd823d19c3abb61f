package io.everstate.benchmarks.state;

import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.fleet.FoldedFleet;
import io.everstate.benchmarks.fleet.Oracle;
import io.everstate.benchmarks.place.Place;
import io.everstate.benchmarks.place.StateServer;
import io.everstate.cli.console.Poll;
import io.everstate.platform.launcher.Database;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A state-service process that folds a fleet's log into a database of its own. */
final class FoldingService implements AutoCloseable {

    /** For many bots: the compiler that optimises, a heap that holds their states, and a collector that uses both processors. */
    private static final List<String> LARGE_JVM = List.of(
            "-Xmx4g",
            "-XX:TieredStopAtLevel=4",
            "-XX:ReservedCodeCacheSize=128m",
            "-XX:-UseSerialGC",
            "-XX:+UseParallelGC");
    /** What the service's README recommends for such a heap. */
    private static final String MAX_RECORDS = "100000";

    /** Snapshots are taken when a benchmark asks for them: what one costs is a figure of its own. */
    private static final Map<String, String> WITHOUT_JOBS = Map.of(
            "EVERSTATE_SNAPSHOT_POLL",
            "24h",
            "EVERSTATE_SNAPSHOT_RETENTION_EVERY",
            "24h",
            "EVERSTATE_SNAPSHOT_VALIDATION_EVERY",
            "24h");

    private static final double NANOS_A_SECOND = 1e9;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final PrintStream out;
    private final FleetLog log;
    private final StateServer server;
    private final FoldedFleet fleet;

    private FoldingService(PrintStream out, FleetLog log, StateServer server, FoldedFleet fleet) {
        this.out = out;
        this.log = log;
        this.server = server;
        this.fleet = fleet;
    }

    /** With an empty database. */
    static FoldingService large(PrintStream out, Place place, FleetLog log) {
        Map<String, String> more = new HashMap<>(WITHOUT_JOBS);
        more.put("EVERSTATE_PROJECTION_MAX_RECORDS", MAX_RECORDS);
        return start(out, place, log, LARGE_JVM, more);
    }

    /** With an empty database and the default settings. */
    static FoldingService small(PrintStream out, Place place, FleetLog log, List<String> jvm) {
        return start(out, place, log, jvm, WITHOUT_JOBS);
    }

    private static FoldingService start(
            PrintStream out, Place place, FleetLog log, List<String> jvm, Map<String, String> more) {
        Database database = place.newDatabase("projection");
        StateServer server = StateServer.start(place, new StateServer.Settings(database, log.topic(), jvm, more));
        return new FoldingService(out, log, server, FoldedFleet.in(database));
    }

    StateServer server() {
        return server;
    }

    FoldedFleet fleet() {
        return fleet;
    }

    /** Returns when it reads all partitions. */
    void awaitFolding() {
        await(() -> server.folding() == FleetLog.PARTITIONS, "it has not taken up all partitions");
    }

    /** Returns when all of the log is folded. */
    void awaitAll() {
        await(() -> folded() >= log.records(), "it has not folded all of the log");
    }

    /** Events a second from the moment at which it reads all partitions until it has folded all of the log; 0 when that is not the plain fold. */
    double rate(Oracle oracle) {
        awaitFolding();
        long before = folded();
        long begin = System.nanoTime();
        awaitAll();
        double rate = (log.records() - before) * NANOS_A_SECOND / (System.nanoTime() - begin);
        return isRight(oracle) ? rate : 0;
    }

    /** Whether what it has folded is what a plain fold of the log has; says what is not. */
    boolean isRight(Oracle oracle) {
        awaitAll();
        String difference = oracle.difference(fleet);
        if (difference != null) {
            out.println("counts as 0, for it is not the fold of the log: " + difference);
        }
        return difference == null;
    }

    long folded() {
        return Arrays.stream(fleet.offsets()).sum();
    }

    private static void await(Supplier<Boolean> condition, String why) {
        if (!Poll.untilTrue(condition, LOOK, PATIENCE)) {
            throw new IllegalStateException("after " + PATIENCE.toMinutes() + " minutes: " + why);
        }
    }

    @Override
    public void close() {
        fleet.close();
        server.end();
    }
}
