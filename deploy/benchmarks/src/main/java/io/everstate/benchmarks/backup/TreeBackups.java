package io.everstate.benchmarks.backup;

import io.everstate.benchmarks.backup.BackupServer.Taken;
import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.place.Place;
import io.everstate.benchmarks.place.StateServer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A tree of files backed up, backed up again, changed, and restored: by backup-service and by what people use instead, in turn. */
final class TreeBackups {

    private static final long BYTES = 1_200_000_000;
    private static final long QUICK_BYTES = 200_000_000;
    /** Longer than the two seconds within which a file's times do not tell that it was written to. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private final PrintStream out;
    private final Sheet sheet = new Sheet();

    TreeBackups(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        try (Place place = Place.make();
                Endpoint endpoint = Endpoint.at(place);
                StateServer state = StateServer.start(place, List.of())) {
            SampleTree tree = SampleTree.make(place.directory().resolve("tree"), quick ? QUICK_BYTES : BYTES);
            Peers peers = new Peers(place.directory().resolve("peers"), tree.root(), endpoint.storage());
            BackupServices services = new BackupServices(place, endpoint.storage(), tree.root(), state.url(""));
            try (BackupServer encrypted = services.encrypted(BackupServer.OPTIMISING);
                    BackupServer gzip = services.gzip(BackupServer.OPTIMISING)) {
                Arms arms = new Arms(tree, peers, encrypted, gzip, endpoint.bucket("encrypted"), sheet, out);
                begin(arms, endpoint);
                for (int round = 1; round <= rounds; round++) {
                    out.printf("round %d%n", round);
                    new Ceiling(endpoint.bucket(Peers.BUCKET)).print(out);
                    round(round, arms);
                }
            }
        }
        return sheet.figures();
    }

    private void begin(Arms arms, Endpoint endpoint) throws InterruptedException {
        out.println("the endpoint of all arms is " + endpoint.text());
        Peers.missing().forEach(tool -> out.println("left out: " + tool + " is not on the PATH"));
        arms.peers().make();
        out.printf(
                Locale.ROOT,
                "a tree of %,d files; warm-up, not counted: %.1f s encrypted, %.1f s gzip%n",
                TreeHash.of(arms.tree().root()).files().size(),
                arms.encrypted().take("FULL").seconds(),
                arms.gzip().take("FULL").seconds());
    }

    /** The arm that was last is first in the next round. */
    private static void round(int number, Arms arms) throws InterruptedException {
        arms.encrypted().letRun(SETTLING);
        Taken first = new FirstBackups(arms).measure(number % 2 == 0);
        TreeHash before = TreeHash.of(arms.tree().root());
        LaterBackups later = new LaterBackups(arms);
        later.unchanged();
        later.changed(SETTLING);
        new Restoring(arms).measure(first, before);
    }
}
