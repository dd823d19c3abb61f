package io.everstate.benchmarks.backup;

import io.everstate.benchmarks.backup.BackupServer.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One round of what was stored before: once more as it is, and once more after a hundredth of it was written anew. */
final class LaterBackups {

    private static final double CHANGED = 0.01;
    private static final double MEGABYTE = 1e6;
    private static final String INCREMENTAL = "INCREMENTAL";

    private final Arms arms;

    LaterBackups(Arms arms) {
        this.arms = arms;
    }

    /** The time counts until ours is read back, too. */
    void unchanged() throws InterruptedException {
        arms.peers().sync();
        double ours = incremental().seconds();
        arms.peers().sync();
        if (Peers.missing().contains("restic")) {
            arms.out().printf(Locale.ROOT, "unchanged: ours %.2f s%n", ours);
            return;
        }
        double restic = arms.peers().resticAgain();
        arms.sheet().add(TreeFigure.UNCHANGED_TO_RESTIC, ours / restic);
        arms.out().printf(Locale.ROOT, "unchanged: ours %.2f s, restic %.2f s%n", ours, restic);
    }

    /** @param settling how long files have to lie for their times to tell that they are the same */
    void changed(Duration settling) throws InterruptedException {
        List<String> changed = arms.tree().change(CHANGED);
        arms.encrypted().letRun(settling);
        long compressed = arms.peers().compressed(changed);
        Taken taken = incremental();
        long stored = arms.bucket().bytes(taken.prefix());
        arms.sheet().add(TreeFigure.CHANGED_BYTES, (double) stored / compressed);
        arms.out()
                .printf(
                        Locale.ROOT,
                        "%d files written anew, %.2f MB as zstd -1 has them: ours stores %.2f MB in %.2f s%n",
                        changed.size(),
                        compressed / MEGABYTE,
                        stored / MEGABYTE,
                        taken.seconds());
    }

    private Taken incremental() {
        Taken taken = arms.encrypted().take(INCREMENTAL);
        if (!taken.kind().equals(INCREMENTAL)) {
            throw new IllegalStateException("asked for the changes, it took a " + taken.kind());
        }
        return taken;
    }
}
