package io.everstate.recovery.detection;

import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.InspectionView.Condition;
import io.everstate.contracts.backup.InspectionView.FileFinding;
import io.everstate.contracts.backup.InspectionView.Role;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView.Evidence;
import io.everstate.recovery.disaster.Finding;
import io.everstate.recovery.plan.Damage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Disasters of a workspace's critical files. First signal: the content check of the inspection; second: the newest verified backup holds
 * other content of that file. Both must say the same in two looks some time apart. Damage that no backup contradicts is no disaster, for nothing could be done
 * against it: it is logged once, and is a warning for as long as it is seen.
 * Not thread-safe.
 */
final class FileDamageDetector {
    private static final Logger LOG = Logger.getLogger(FileDamageDetector.class);

    private final DisasterType type;
    private final String workspace;
    private final Predicate<FileFinding> damaged;
    private final Duration confirmAfter;
    private final Map<String, Suspicion> suspicions = new HashMap<>();

    /**
     * A first look found damage.
     *
     * @param alone a later look found it too, and no backup says that it was otherwise
     */
    private record Suspicion(Mark mark, Instant since, boolean alone) {}

    /** What makes two findings of a file the same. */
    private record Mark(
            Condition condition, long size, @Nullable String sha256) {
        static Mark of(FileFinding file) {
            return new Mark(file.condition(), file.size(), file.sha256());
        }
    }

    private FileDamageDetector(
            DisasterType type, String workspace, Predicate<FileFinding> damaged, Duration confirmAfter) {
        this.type = type;
        this.workspace = workspace;
        this.damaged = damaged;
        this.confirmAfter = confirmAfter;
    }

    /** Critical files that are empty or cannot be read as what they are. */
    static FileDamageDetector dataCorruption(String workspace, Duration confirmAfter) {
        return new FileDamageDetector(
                DisasterType.DATA_CORRUPTION,
                workspace,
                file -> file.condition() == Condition.EMPTY || file.condition() == Condition.UNREADABLE,
                confirmAfter);
    }

    /** Configuration files that are gone. */
    static FileDamageDetector configLoss(String workspace, Duration confirmAfter) {
        return new FileDamageDetector(
                DisasterType.CONFIG_LOSS,
                workspace,
                file -> file.role() == Role.CONFIG && file.condition() == Condition.MISSING,
                confirmAfter);
    }

    /** Whether something is suspected that another look would confirm or clear. */
    boolean suspects() {
        return suspicions.values().stream().anyMatch(suspicion -> !suspicion.alone());
    }

    /** A sentence for each file whose damage the newest look still saw and no backup contradicts, in the order of their paths. */
    List<String> warnings() {
        return suspicions.entrySet().stream()
                .filter(entry -> entry.getValue().alone())
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> warning(entry.getKey(), entry.getValue().mark().condition()))
                .toList();
    }

    private String warning(String path, Condition condition) {
        var way = condition == Condition.MISSING
                ? "no backup holds it: put it there yourself"
                : "no backup says that it was otherwise: mend it yourself";
        return "%s of workspace %s is %s, and %s".formatted(path, workspace, condition, way);
    }

    /** There was no look: what was seen before counts no more. */
    void lookFailed() {
        suspicions.clear();
    }

    Optional<Finding> look(InspectionView seen) {
        var now = new ArrayList<FileFinding>();
        seen.files().stream().filter(damaged).forEach(now::add);
        suspicions.keySet().retainAll(now.stream().map(FileFinding::path).toList());
        var confirmed = now.stream().filter(file -> confirmed(file, seen.at())).toList();
        return confirmed.isEmpty() ? Optional.empty() : Optional.of(finding(confirmed, seen));
    }

    private boolean confirmed(FileFinding file, Instant at) {
        var mark = Mark.of(file);
        var before = suspicions.get(file.path());
        if (before == null || !before.mark().equals(mark)) {
            suspicions.put(file.path(), new Suspicion(mark, at, false));
            return false;
        }
        if (at.isBefore(before.since().plus(confirmAfter))) {
            return false;
        }
        var alone = !Damage.wasOtherwise(file);
        if (alone && !before.alone()) {
            LOG.warnf("No disaster: %s", warning(file.path(), file.condition()));
        }
        suspicions.put(file.path(), new Suspicion(mark, before.since(), alone));
        return !alone;
    }

    private Finding finding(List<FileFinding> files, InspectionView seen) {
        var evidence = new ArrayList<Evidence>();
        var began = seen.at();
        for (var file : files) {
            var suspicion = suspicions.get(file.path());
            var since = suspicion == null ? seen.at() : suspicion.since();
            evidence.add(new Evidence("inspection of " + file.path(), found(file, since), seen.at()));
            evidence.add(new Evidence("backup " + file.restorableFrom(), expected(file), seen.at()));
            began = earlier(began, earlier(since, file.modifiedAt()));
        }
        return new Finding(type, workspace, began, seen.at(), evidence);
    }

    private static String found(FileFinding file, Instant since) {
        var content =
                file.condition() == Condition.MISSING ? "" : ", " + file.size() + " bytes, sha256 " + file.sha256();
        var why = file.explanation() == null ? "" : " (" + file.explanation() + ")";
        return file.condition() + content + why + ", seen first at " + since;
    }

    private static String expected(FileFinding file) {
        return file.path() + " had " + file.expectedSize() + " bytes, sha256 " + file.expectedSha256();
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }
}
