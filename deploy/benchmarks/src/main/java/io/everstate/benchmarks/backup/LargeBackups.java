package io.everstate.benchmarks.backup;

import io.everstate.benchmarks.backup.BackupServer.Taken;
import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.place.Place;
import io.everstate.benchmarks.place.StateServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much memory a backup takes of many bytes, and how many files fit into little memory. One round: memory does not depend on the weather. */
final class LargeBackups {

    private static final int GIGABYTES = 10;
    private static final int QUICK_GIGABYTES = 2;
    private static final long GIGABYTE = 1_000_000_000;
    private static final int FILES = 1_000_000;
    private static final int QUICK_FILES = 125_000;
    private static final int FIRST_FILES = 62_500;
    private static final double RESIDENT_MEGABYTES = 250;
    private static final double MEGABYTES_A_GIGABYTE = 1;
    private static final String SMALL_HEAP = "-Xmx64m";
    private static final String HEAP_OF_MANY_FILES = "-Xmx256m";

    private final PrintStream out;

    LargeBackups(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(boolean quick) throws InterruptedException {
        int gigabytes = quick ? QUICK_GIGABYTES : GIGABYTES;
        int files = quick ? QUICK_FILES : FILES;
        double half = resident(gigabytes / 2);
        double whole = resident(gigabytes);
        return List.of(
                new Figure("large-resident", "MB", List.of(whole), Goal.atMost(RESIDENT_MEGABYTES)),
                new Figure(
                        "large-resident-a-further-gigabyte",
                        "MB",
                        List.of((whole - half) / (gigabytes - gigabytes / 2)),
                        Goal.atMost(MEGABYTES_A_GIGABYTE)),
                new Figure("files-in-256-mb", "", List.of((double) most(files)), Goal.atLeast(files)));
    }

    /** The most that was resident of a process with 64 MB of heap that backed up so much, encrypted, until it was read back. */
    private double resident(int gigabytes) throws InterruptedException {
        try (Place place = Place.make();
                Endpoint endpoint = Endpoint.at(place);
                StateServer state = StateServer.start(place, List.of())) {
            Path root = place.directory().resolve("tree");
            SampleTree.make(root.resolve("0"), GIGABYTE);
            for (int copy = 1; copy < gigabytes; copy++) {
                ManyFiles.link(root.resolve("0"), root.resolve(Integer.toString(copy)));
            }
            BackupServices services = new BackupServices(place, endpoint.storage(), root, state.url(""));
            try (BackupServer server = services.encrypted(withHeap(SMALL_HEAP))) {
                Taken taken = server.take("FULL");
                out.printf(
                        Locale.ROOT,
                        "%d GB with %s: %.0f MB resident, %.1f s to upload, %.1f s read back, too%n",
                        gigabytes,
                        SMALL_HEAP,
                        server.peakMegabytes(),
                        taken.secondsToUpload(),
                        taken.seconds());
                return server.peakMegabytes();
            }
        }
    }

    /** The most files, up to so many, of which a process with 256 MB of heap takes a backup; 0 when it cannot even take the first few. */
    private int most(int files) throws InterruptedException {
        int most = 0;
        for (int count = Math.min(FIRST_FILES, files); count <= files; count *= 2) {
            if (!fits(count)) {
                return most;
            }
            most = count;
        }
        return most;
    }

    private boolean fits(int files) throws InterruptedException {
        try (Place place = Place.make();
                Endpoint endpoint = Endpoint.at(place);
                StateServer state = StateServer.start(place, List.of())) {
            Path root = place.directory().resolve("tree");
            ManyFiles.make(root, files);
            BackupServices services = new BackupServices(place, endpoint.storage(), root, state.url(""));
            BackupServer server = services.encrypted(withHeap(HEAP_OF_MANY_FILES));
            try {
                Taken taken = server.take("FULL");
                out.printf(
                        Locale.ROOT,
                        "%,d files with %s: %.0f MB resident, %.1f s%n",
                        files,
                        HEAP_OF_MANY_FILES,
                        server.peakMegabytes(),
                        taken.seconds());
                return true;
            } catch (IllegalStateException e) {
                out.printf("%,d files with %s: %s%n", files, HEAP_OF_MANY_FILES, e.getMessage());
                return false;
            } finally {
                server.end();
            }
        }
    }

    private static List<String> withHeap(String heap) {
        List<String> options = new ArrayList<>(BackupServer.OPTIMISING);
        options.add(heap);
        return options;
    }
}
