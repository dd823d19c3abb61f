package io.everstate.benchmarks.backup;

import io.everstate.benchmarks.backup.BackupServer.Taken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** One round in which each arm puts all of the tree back into an empty directory, where it is compared. */
final class Restoring {

    private final Arms arms;

    Restoring(Arms arms) {
        this.arms = arms;
    }

    /** What restores into a directory; in how many seconds. */
    @FunctionalInterface
    private interface Arm {
        double seconds(Path target) throws InterruptedException;
    }

    /** @param before what the tree held when all first backups were taken */
    void measure(Taken first, TreeHash before) throws InterruptedException {
        empty(arms.tree().root());
        arms.peers().sync();
        double ours = arms.encrypted().restore(first);
        before.requireAt(arms.tree().root(), "backup-service");
        double pipe = peer("get | zstd -d | tar -x", before, arms.peers()::unpackZstd);
        arms.sheet().add(TreeFigure.RESTORE_TO_TAR_ZSTD, pipe / ours);
        arms.out().printf(Locale.ROOT, "restored, s: ours %.2f, zstd %.2f", ours, pipe);
        if (!Peers.missing().contains("restic")) {
            double restic = peer("restic", before, arms.peers()::resticRestore);
            arms.sheet().add(TreeFigure.RESTORE_TO_RESTIC, restic / ours);
            arms.out().printf(Locale.ROOT, ", restic %.2f", restic);
        }
        arms.out().println();
    }

    private double peer(String name, TreeHash before, Arm arm) throws InterruptedException {
        Path target = arms.tree().root().resolveSibling("restored");
        try {
            Files.createDirectory(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        arms.peers().sync();
        double seconds = arm.seconds(target);
        before.requireAt(target, name);
        empty(target);
        delete(target);
        return seconds;
    }

    private static void empty(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.filter(path -> !path.equals(directory))
                    .sorted(Comparator.reverseOrder())
                    .forEach(Restoring::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
