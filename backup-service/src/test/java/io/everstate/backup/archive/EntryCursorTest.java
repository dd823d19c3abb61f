package io.everstate.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EntryCursorTest {
    private static Entry entry(String path) {
        return Samples.entry(path, EntryType.FILE, new byte[0], null);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsWhatIsThereAndNothingElse(int seed) {
        var random = new Random(seed);
        var there = names(random);
        var asked = names(random);
        var cursor = new EntryCursor(there.stream().map(EntryCursorTest::entry).toList());

        var found = asked.stream()
                .filter(name -> cursor.find(Manifest.WORKSPACE + name).isPresent())
                .toList();

        assertThat(found).isEqualTo(asked.stream().filter(there::contains).toList());
    }

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    private static NavigableSet<String> names(Random random) {
        var names = new TreeSet<String>();
        random.ints(random.nextInt(60), 0, 60).forEach(number -> names.add("/-.a".charAt(number % 4) + "x" + number));
        return names;
    }

    @Test
    void findsTheSameAgainAndNothingThatIsBehind() {
        var cursor = new EntryCursor(List.of(entry("a"), entry("b")));

        assertThat(cursor.find("workspace/b")).contains(entry("b"));
        assertThat(cursor.find("workspace/b")).contains(entry("b"));
        assertThat(cursor.find("workspace/a")).isEmpty();
    }

    @Test
    void passesOverWhatEverstateAdded() {
        var added = ArchiveWriter.added("snapshot.json", new byte[0], Instant.EPOCH);

        assertThat(new EntryCursor(List.of(entry("a"), added, entry("z"))).find("workspace/z"))
                .contains(entry("z"));
    }

    /** Who goes through two manifests side by side would take for deleted what is in another order. */
    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({"a, b, true", "a-b, a/b, true", "b, a, false", "a/b, a-b, false", "a, a, false"})
    void needsAnOrderThatTheManifestTells(String first, String second, boolean inOrder) {
        var manifest = new Manifest(1, Samples.metadata(), null, List.of(entry(first), entry(second)), List.of(), null);

        assertThat(manifest.inOrder()).isEqualTo(inOrder);
    }
}
