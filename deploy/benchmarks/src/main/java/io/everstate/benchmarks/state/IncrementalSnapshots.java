package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.fleet.Oracle;
import io.everstate.benchmarks.place.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** One of a hundred of a million bots changed: an INCREMENTAL snapshot of them, beside a binary {@code copy} of the same rows out of the database. */
final class IncrementalSnapshots {

    private static final int BOTS = 1_000_000;
    private static final int QUICK_BOTS = 100_000;
    private static final int ONE_OF = 100;
    private static final double TO_COPY = 1.3;
    private static final double NANOS_A_SECOND = 1e9;

    private final PrintStream out;
    private final List<Double> ratios = new ArrayList<>();

    IncrementalSnapshots(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        int bots = quick ? QUICK_BOTS : BOTS;
        try (Place place = Place.make();
                FleetLog log = FleetLog.make(place, "incremental")) {
            log.create(bots);
            try (FoldingService service = FoldingService.large(out, place, log)) {
                service.awaitAll();
                Snapshots snapshots = new Snapshots(service.server());
                out.printf(Locale.ROOT, "a FULL snapshot of %,d bots in %.1f s%n", bots, snapshots.takeFull());
                // uncounted, for the code
                round(service, log, snapshots, bots / ONE_OF);
                ratios.clear();
                for (int round = 1; round <= rounds; round++) {
                    round(service, log, snapshots, bots / ONE_OF);
                }
                if (!service.isRight(new Oracle(log))) {
                    throw new IllegalStateException("what was measured was not the fold of the log");
                }
            }
        }
        return List.of(new Figure("snapshot-incremental-to-copy", "", ratios, Goal.atMost(TO_COPY)));
    }

    private void round(FoldingService service, FleetLog log, Snapshots snapshots, int changed) {
        long[] before = service.fleet().offsets();
        log.goOnSome(changed);
        service.awaitAll();
        double copy = copy(service.fleet().connection(), before, changed);
        double ours = snapshots.takeIncremental();
        double again = snapshots.validateNewest();
        ratios.add(ours / copy);
        out.printf(
                Locale.ROOT,
                "an INCREMENTAL snapshot of %,d bots, stored and read back: %.3f s, the same look at it again: %.3f s; their rows by COPY: %.3f s, %.1f times%n",
                changed,
                ours,
                again,
                copy,
                ratios.getLast());
    }

    /** Seconds. */
    private static double copy(Connection connection, long[] since, int expected) {
        try {
            long begin = System.nanoTime();
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(changed(since), OutputStream.nullOutputStream());
            double seconds = (System.nanoTime() - begin) / NANOS_A_SECOND;
            if (rows != expected) {
                throw new IllegalStateException(rows + " rows changed instead of " + expected);
            }
            return seconds;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the condition that the index is made for. */
    private static String changed(long[] since) {
        String places = IntStream.range(0, since.length)
                .mapToObj(partition -> "(%d, %d)".formatted(partition, since[partition]))
                .collect(Collectors.joining(", "));
        return """
                copy (select b.id, b.state, b.older from (values %s) p (partition, since)
                join bots b on b.partition = p.partition and b.era >= p.since >> 14 and b.changed > p.since) to stdout (format binary)""".formatted(places);
    }
}
