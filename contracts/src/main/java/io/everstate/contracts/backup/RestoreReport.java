package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.backup.InspectionView.Condition;
import io.everstate.contracts.backup.RestoreDifference.Effect;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a restore found out.
 *
 * @param checks in their order; all but the last are made before anything is written into the workspace
 * @param differences of a dry run: how many paths there are of each effect
 * @param damage what of the archives is not what was written; empty when all of it is
 * @param lost files that were asked for and cannot be had from damaged archives; what is beside a lost database belongs to it
 * @param validation what was seen of the files when they were in their places; null until then
 * @param removal of a rollback: what becomes of what the restore had added; null of others
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestoreReport(
        List<Check> checks,
        Map<Effect, Long> differences,
        List<String> damage,
        List<String> lost,
        @Nullable Validation validation,
        @Nullable Removal removal) {
    public static final RestoreReport EMPTY = new RestoreReport(List.of(), Map.of(), List.of(), List.of(), null, null);

    public RestoreReport {
        checks = List.copyOf(Objects.requireNonNullElse(checks, List.of()));
        differences = Map.copyOf(Objects.requireNonNullElse(differences, Map.of()));
        damage = List.copyOf(Objects.requireNonNullElse(damage, List.of()));
        lost = List.copyOf(Objects.requireNonNullElse(lost, List.of()));
    }

    /** @param detail a sentence: what was seen, or why the restore was refused */
    public record Check(Subject subject, boolean passed, String detail) {}

    /** In their order. */
    public enum Subject {
        /** Whether the backup can be decrypted here. */
        KEY,
        /** Whether each entry has a place of its own in the workspace. */
        NAMES,
        /** Whether it unpacks to no more than is allowed. */
        LIMITS,
        /** Whether there is room for it. */
        SPACE,
        /** Whether every byte of the archives is what was written. */
        CONTENT,
        /** Of a rollback: whether what it would replace is as the restore left it, or may be replaced all the same. */
        WRITTEN
    }

    /**
     * @param looked how many files were read as what their names or first bytes say: JSON, databases, {@code .env}, and the critical files
     * @param findings those that are not sound
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Validation(int looked, List<Finding> findings) {
        public Validation {
            findings = List.copyOf(findings);
        }
    }

    /**
     * @param restored whether this restore put it there; else it is a critical file that was so before, or is missing
     * @param explanation a part of a sentence
     */
    public record Finding(String path, boolean restored, Condition condition, String explanation) {}

    /**
     * By path.
     *
     * @param removed files, links and directories that a rollback takes away
     * @param kept files and links that were written since the restore added them: they stay
     * @param overwritten files and links that were written since the restore replaced what was there: they stay, too, unless they may be replaced
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Removal(List<String> removed, List<String> kept, List<String> overwritten) {
        public Removal {
            removed = List.copyOf(removed);
            kept = List.copyOf(kept);
            overwritten = List.copyOf(Objects.requireNonNullElse(overwritten, List.of()));
        }
    }

    public RestoreReport with(Check check) {
        var all = Stream.concat(checks.stream(), Stream.of(check)).toList();
        return new RestoreReport(all, differences, damage, lost, validation, removal);
    }

    public RestoreReport with(Map<Effect, Long> found) {
        return new RestoreReport(checks, found, damage, lost, validation, removal);
    }

    public RestoreReport with(Validation seen) {
        return new RestoreReport(checks, differences, damage, lost, seen, removal);
    }

    public RestoreReport with(Removal added) {
        return new RestoreReport(checks, differences, damage, lost, validation, added);
    }

    public RestoreReport damaged(List<String> what, List<String> missing) {
        return new RestoreReport(checks, differences, what, missing, validation, removal);
    }
}
