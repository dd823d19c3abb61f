package io.everstate.benchmarks.backup;

import io.everstate.benchmarks.figure.Goal;

/** What is measured of a tree of files. All but the byte counts are ratios of times, so that more is faster unless the goal is an upper one. */
enum TreeFigure {
    BACKUP_TO_TAR_ZSTD("backup-to-tar-zstd"),
    BACKUP_TO_RESTIC("backup-to-restic"),
    BACKUP_TO_BORG("backup-to-borg"),
    VERIFIED_TO_TAR_ZSTD("backup-read-back-to-tar-zstd"),
    VERIFIED_TO_RESTIC("backup-read-back-to-restic"),
    BYTES_TO_RESTIC("backup-bytes-to-restic"),
    GZIP_TO_PIGZ("backup-gzip-to-tar-pigz"),
    UNCHANGED_TO_RESTIC("backup-unchanged-time-to-restic"),
    CHANGED_BYTES("backup-changed-bytes-to-compressed"),
    RESTORE_TO_TAR_ZSTD("restore-to-tar-zstd"),
    RESTORE_TO_RESTIC("restore-to-restic");

    private final String text;

    TreeFigure(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    Goal goal() {
        return switch (this) {
            case BACKUP_TO_TAR_ZSTD -> Goal.atLeast(1.25);
            case BACKUP_TO_RESTIC -> Goal.atLeast(4);
            case BACKUP_TO_BORG -> Goal.atLeast(3);
            case VERIFIED_TO_TAR_ZSTD, VERIFIED_TO_RESTIC -> Goal.none();
            case BYTES_TO_RESTIC -> Goal.atMost(1.05);
            case GZIP_TO_PIGZ, RESTORE_TO_TAR_ZSTD -> Goal.atLeast(1);
            case UNCHANGED_TO_RESTIC -> Goal.atMost(0.5);
            case CHANGED_BYTES -> Goal.atMost(1.15);
            case RESTORE_TO_RESTIC -> Goal.atLeast(2);
        };
    }
}
