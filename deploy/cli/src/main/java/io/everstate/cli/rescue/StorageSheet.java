package io.everstate.cli.rescue;

import io.everstate.cli.console.Table;
import io.everstate.contracts.backup.BucketComparisonView;
import io.everstate.contracts.backup.BucketComparisonView.Difference;
import io.everstate.contracts.backup.BucketComparisonView.Kind;
import io.everstate.contracts.backup.BucketComparisonView.Sweep;
import io.everstate.contracts.backup.StorageView;
import io.everstate.contracts.backup.StorageView.Bucket;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The storage, for people. */
final class StorageSheet {

    private StorageSheet() {}

    static String of(StorageView storage) {
        StringBuilder text = new StringBuilder(fill(storage));
        if (storage.daysUntilFull() != null) {
            text.append("\nFull in about %.0f days.".formatted(storage.daysUntilFull()));
        }
        text.append("\n").append(bucket(storage.bucket())).append("\n\n").append(content(storage));
        storage.ended()
                .forEach(days -> text.append("\nBackups of the last %d days: %d completed, %d failed."
                        .formatted(days.days(), days.completed(), days.failed())));
        return text.toString();
    }

    private static String fill(StorageView storage) {
        return storage.capacityBytes() == null
                ? "%d bytes stored.".formatted(storage.usedBytes())
                : "%d of %d bytes stored (%d %%)."
                        .formatted(storage.usedBytes(), storage.capacityBytes(), storage.percent());
    }

    private static String bucket(@Nullable Bucket bucket) {
        if (bucket == null) {
            return "What the bucket does against deletion is not known.";
        }
        String can = "Against deletion: versions %s, object lock %s; %d of %d completed backups are locked."
                .formatted(said(bucket.versioning()), said(bucket.objectLock()), bucket.locked(), bucket.completed());
        String mode = bucket.mode() == null
                ? ""
                : "\nBackups are locked for %d days (%s).".formatted(bucket.days(), bucket.mode());
        return can + mode + (bucket.unused() == null ? "" : "\nNot protected: " + bucket.unused());
    }

    private static String said(@Nullable String capability) {
        return capability == null ? "not known yet" : capability;
    }

    private static String content(StorageView storage) {
        Table table = new Table("WORKSPACE", "KIND", "OBJECTS", "BYTES");
        storage.backups()
                .forEach(
                        backups -> table.row(backups.workspace(), backups.kind(), backups.archives(), backups.bytes()));
        table.row(
                "-",
                "segments",
                storage.segments().objects(),
                storage.segments().bytes());
        return table.render();
    }

    static String of(BucketComparisonView comparison) {
        String head = "Comparison %s: %d objects of backups in the bucket, %s."
                .formatted(comparison.id(), comparison.objects(), counts(comparison));
        String failure = comparison.failure() == null ? "" : "\nIt ended early: " + comparison.failure() + ".";
        String next = comparison.counts().containsKey(Kind.ORPHAN)
                ? "\n`storage sweep %s` removes what is an orphan still.".formatted(comparison.id())
                : "";
        return head + failure + next + firstOf(comparison) + table(comparison.differences());
    }

    private static String counts(BucketComparisonView comparison) {
        String counts = Arrays.stream(Kind.values())
                .filter(kind -> comparison.counts().containsKey(kind))
                .map(kind -> comparison.counts().get(kind) + " " + kind)
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "nothing differs" : counts;
    }

    /** Where there are more than a report names. */
    private static String firstOf(BucketComparisonView comparison) {
        long all =
                comparison.counts().values().stream().mapToLong(Long::longValue).sum();
        int named = comparison.differences().size();
        return named == all ? "" : "\nThe first %d of %d:".formatted(named, all);
    }

    private static String table(List<Difference> differences) {
        if (differences.isEmpty()) {
            return "";
        }
        Table table = new Table("OBJECT", "IS", "BYTES", "WHY");
        differences.forEach(found -> table.row(
                found.object(),
                found.sweptAt() == null ? found.kind() : "REMOVED",
                found.bytes() == null ? "-" : found.bytes(),
                found.detail()));
        return "\n\n" + table.render();
    }

    static String swept(BucketComparisonView comparison) {
        String removed = comparison.swept() == 0
                ? "Nothing of it was removed"
                : "%d objects of it are removed".formatted(comparison.swept());
        String end = comparison.sweep() == Sweep.COMPLETED
                ? ", and nothing of it is an orphan still."
                : "; then it ended: %s.".formatted(comparison.sweepRefusal());
        List<Difference> named = comparison.differences().stream()
                .filter(found -> found.sweptAt() != null)
                .toList();
        return removed + end + (named.size() == comparison.swept() ? "" : firstOf(comparison)) + table(named);
    }
}
