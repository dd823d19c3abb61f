package io.everstate.backup.swap;

import static java.util.stream.Collectors.toMap;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the safety backup holds. Nothing is replaced that it does not hold byte by byte: a file that it left out, could not read or that was
 * written since would exist nowhere any more once the restore is committed.
 */
public final class WayBack {
    /** Of what is put where nothing was. */
    public static final WayBack NONE = new WayBack(Map.of());

    private final Map<String, Entry> held;

    private WayBack(Map<String, Entry> held) {
        this.held = held;
    }

    /** @param safety of a backup that was read back */
    public WayBack(Manifest safety) {
        this(safety.entries().stream().filter(Entry::ofWorkspace).collect(toMap(Entry::path, Function.identity())));
    }

    /** As what it holds that path, if it does. */
    public Optional<Entry> find(String path) {
        return Optional.ofNullable(held.get(path));
    }

    /**
     * @param present what is about to be destroyed under that path
     *
     * @return as what it is held
     *
     * @throws ProblemException CONFLICT when the safety backup does not hold it
     */
    Entry check(String path, Path present) throws IOException {
        var kept = held.get(path);
        if (kept == null) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the safety backup does not hold %s, which would be replaced".formatted(path));
        }
        if (!Content.isOf(present, kept)) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "%s was written after the safety backup read it".formatted(path));
        }
        return kept;
    }
}
