package io.everstate.recovery.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows beyond its steps' states; stored with it.
 *
 * @param version of this format
 * @param stopped the bots that ran when the run stopped them, written before the first is stopped: the undo record; null before
 * @param expected the bots that ran before the crash and go on by their policy; null when that is not known
 * @param damaged files that the run found damaged, each as {@link Damage#key}: it has not succeeded before they are sound
 * @param restore the restore that is wanted or under way; null when there is none
 * @param tried backups that could not help
 * @param restarted the process that was dead when its restart was asked for, by service
 * @param notes what the present step has done so far, in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Memory(
        int version,
        @Nullable List<BotId> stopped,
        @Nullable List<BotId> expected,
        Set<String> damaged,
        @Nullable Restore restore,
        List<UUID> tried,
        Map<String, Long> restarted,
        List<String> notes) {

    private static final int VERSION = 1;

    /**
     * @param wantedAt before it was asked for; a part of the key by which a repeated request is known again
     * @param id null until backup-service has given it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Restore(
            String workspace,
            UUID backup,
            String described,
            List<String> paths,
            Instant wantedAt,
            @Nullable UUID id) {
        public Restore {
            paths = List.copyOf(paths);
        }

        public Restore numbered(UUID given) {
            return new Restore(workspace, backup, described, paths, wantedAt, given);
        }
    }

    public Memory {
        stopped = stopped == null ? null : List.copyOf(stopped);
        expected = expected == null ? null : List.copyOf(expected);
        damaged = Set.copyOf(damaged);
        tried = List.copyOf(tried);
        restarted = Map.copyOf(restarted);
        notes = List.copyOf(notes);
    }

    public static Memory empty() {
        return new Memory(VERSION, null, null, Set.of(), null, List.of(), Map.of(), List.of());
    }

    public Memory withStopped(List<BotId> bots) {
        return new Memory(version, bots, expected, damaged, restore, tried, restarted, notes);
    }

    public Memory withExpected(List<BotId> bots) {
        return new Memory(version, stopped, bots, damaged, restore, tried, restarted, notes);
    }

    public Memory withDamaged(Set<String> files) {
        return new Memory(version, stopped, expected, files, restore, tried, restarted, notes);
    }

    public Memory withRestore(@Nullable Restore wanted) {
        return new Memory(version, stopped, expected, damaged, wanted, tried, restarted, notes);
    }

    public Memory withTried(UUID backup) {
        return new Memory(version, stopped, expected, damaged, null, plus(tried, backup), restarted, notes);
    }

    public Memory withRestarted(String service, long deadProcess) {
        var all = new HashMap<>(restarted);
        all.put(service, deadProcess);
        return new Memory(version, stopped, expected, damaged, restore, tried, all, notes);
    }

    public Memory withNote(String note) {
        return new Memory(version, stopped, expected, damaged, restore, tried, restarted, plus(notes, note));
    }

    /** What the next step needs to know: not what this one tried and noted. */
    public Memory forNextStep() {
        return new Memory(version, stopped, expected, damaged, null, List.of(), restarted, List.of());
    }

    private static <T> List<T> plus(List<T> list, T item) {
        var all = new ArrayList<>(list);
        all.add(item);
        return all;
    }
}
