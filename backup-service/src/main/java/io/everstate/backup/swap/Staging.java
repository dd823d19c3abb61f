package io.everstate.backup.swap;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the wanted entries of an archive, and of those that it is built upon, into the restore's own directory, on the workspace's file system. Names of the archive do not occur in it. */
public final class Staging implements ArchiveVerifier.Receiver {
    private final Place place;
    private final Map<Entry, Integer> numbers = new LinkedHashMap<>();
    private final Set<Integer> staged = new HashSet<>();

    @FunctionalInterface
    private interface Place {
        OutputStream of(int number) throws IOException;
    }

    public Staging(SwapDirectory directory, Disk disk, List<Entry> wanted) {
        this(number -> disk.createFile(directory.staged(number)), wanted);
    }

    /** One that only sees whether all that is wanted is there: nothing is written. */
    public static Staging nowhere(List<Entry> wanted) {
        return new Staging(_ -> OutputStream.nullOutputStream(), wanted);
    }

    private Staging(Place place, List<Entry> wanted) {
        this.place = place;
        wanted.forEach(entry -> numbers.put(entry, numbers.size()));
    }

    @Override
    public OutputStream begin(Entry entry) throws IOException {
        return entry.type() == EntryType.FILE && numbers.containsKey(entry)
                ? stage(entry)
                : OutputStream.nullOutputStream();
    }

    private OutputStream stage(Entry wanted) throws IOException {
        var number = numbers.getOrDefault(wanted, -1);
        staged.add(number);
        return place.of(number);
    }

    /** The other backups whose archives hold wanted content. */
    public Set<UUID> holders() {
        return numbers.keySet().stream()
                .map(Entry::heldBy)
                .filter(Objects::nonNull)
                .collect(toCollection(LinkedHashSet::new));
    }

    /** Takes the wanted content that the archive of that backup holds. */
    public ArchiveVerifier.Receiver heldBy(UUID holder) {
        var wanted = numbers.keySet().stream()
                .filter(entry -> holder.equals(entry.heldBy()))
                .collect(toMap(Entry::name, Function.identity()));
        return entry -> {
            var named = wanted.get(entry.name());
            if (named == null) {
                return OutputStream.nullOutputStream();
            }
            if (named.size() != entry.size() || !Objects.equals(named.sha256(), entry.sha256())) {
                throw new ProblemException(
                        ProblemType.CORRUPT,
                        "the backup %s holds another %s than the one that is named".formatted(holder, named.path()));
            }
            return stage(named);
        };
    }

    /** Names of the files that the archive of that backup is to give; null = the restored one's own. */
    public Set<String> wantedOf(@Nullable UUID holder) {
        return numbers.keySet().stream()
                .filter(entry -> entry.type() == EntryType.FILE && Objects.equals(entry.heldBy(), holder))
                .map(Entry::name)
                .collect(toSet());
    }

    /** Goes on without these; what was staged of them is not used. Empty files need no archive. */
    public void goOnWithout(Collection<Entry> lost) throws IOException {
        lost.forEach(numbers::remove);
        for (var wanted : numbers.entrySet()) {
            if (wanted.getKey().type() == EntryType.FILE && !staged.contains(wanted.getValue())) {
                stage(wanted.getKey()).close();
            }
        }
    }

    /** @throws ProblemException when something wanted was in none of the archives */
    public void checkComplete() {
        for (var wanted : numbers.entrySet()) {
            var entry = wanted.getKey();
            if (entry.type() == EntryType.FILE && !staged.contains(wanted.getValue())) {
                throw new ProblemException(
                        ProblemType.CORRUPT,
                        "the backup %s does not hold %s, which it should".formatted(entry.heldBy(), entry.path()));
            }
        }
    }

    /** The wanted entries, in the archive's order, by the number of their file. */
    public Map<Entry, Integer> numbers() {
        return numbers;
    }
}
