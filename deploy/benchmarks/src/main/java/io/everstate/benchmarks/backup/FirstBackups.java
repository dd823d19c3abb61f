package io.everstate.benchmarks.backup;

import static java.util.Objects.requireNonNull;

import io.everstate.benchmarks.backup.BackupServer.Taken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One round in which each arm stores all of the tree for the first time. */
final class FirstBackups {

    private static final double MEGABYTE = 1e6;

    private final Arms arms;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private @Nullable Taken ours;

    FirstBackups(Arms arms) {
        this.arms = arms;
    }

    /** What takes one of the backups. */
    @FunctionalInterface
    private interface Arm {
        double seconds() throws InterruptedException;
    }

    /** @return that of backup-service, encrypted */
    Taken measure(boolean reversed) throws InterruptedException {
        List<Map.Entry<String, Arm>> order = new ArrayList<>(List.of(
                Map.entry("zstd", arms.peers()::zstd),
                Map.entry("ours", this::encrypted),
                Map.entry("restic", arms.peers()::resticFirst),
                Map.entry("borg", arms.peers()::borgFirst),
                Map.entry("pigz", arms.peers()::pigz),
                Map.entry("gzip", () -> arms.gzip().take("FULL").secondsToUpload())));
        order.removeIf(arm -> Peers.missing().contains(arm.getKey()));
        if (reversed) {
            Collections.reverse(order);
        }
        for (Map.Entry<String, Arm> arm : order) {
            arms.peers().sync();
            seconds.put(arm.getKey(), arm.getValue().seconds());
        }
        Taken taken = requireNonNull(ours);
        compare(taken);
        return taken;
    }

    private double encrypted() {
        Taken taken = arms.encrypted().take("FULL");
        ours = taken;
        return taken.secondsToUpload();
    }

    private void compare(Taken taken) throws InterruptedException {
        add(TreeFigure.BACKUP_TO_TAR_ZSTD, "zstd", taken.secondsToUpload());
        add(TreeFigure.BACKUP_TO_RESTIC, "restic", taken.secondsToUpload());
        add(TreeFigure.BACKUP_TO_BORG, "borg", taken.secondsToUpload());
        add(TreeFigure.VERIFIED_TO_TAR_ZSTD, "zstd", taken.seconds());
        add(TreeFigure.VERIFIED_TO_RESTIC, "restic", taken.seconds());
        add(TreeFigure.GZIP_TO_PIGZ, "pigz", seconds.getOrDefault("gzip", 0.0));
        arms.out().printf(Locale.ROOT, "first backup, s: %s; ours read back, too: %.2f%n", shown(), taken.seconds());
        if (seconds.containsKey("restic")) {
            long stored = arms.bucket().bytes(taken.prefix());
            long restic = arms.peers().resticBytes();
            arms.sheet().add(TreeFigure.BYTES_TO_RESTIC, (double) stored / restic);
            arms.out().printf(Locale.ROOT, "stored MB: ours %.1f, restic %.1f%n", stored / MEGABYTE, restic / MEGABYTE);
        }
    }

    private void add(TreeFigure figure, String peer, double ours) {
        Double of = seconds.get(peer);
        if (of != null) {
            arms.sheet().add(figure, of / ours);
        }
    }

    private String shown() {
        List<String> shown = new ArrayList<>();
        seconds.forEach((arm, taken) -> shown.add(String.format(Locale.ROOT, "%s %.2f", arm, taken)));
        return String.join(", ", shown);
    }
}
