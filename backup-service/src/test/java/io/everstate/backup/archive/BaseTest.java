package io.everstate.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an INCREMENTAL says is gone: paths of files, of directories with a slash behind them, of links with an at sign. */
class BaseTest {
    @ParameterizedTest(name = "{0} and then {1}: {2}")
    @CsvSource({
        "a b c, a c, b",
        "a b c, a b c, ''",
        "a b, '', a b",
        "'', a b, ''",
        "d/ d/a d/b, d/ d/b, d/a",
        "d/ d/a, '', d d/a",
        "d, d/ d/a, d",
        "d/ d/a, d, d d/a",
        "a, a@, a"
    })
    void isWhatIsNotThereAnyMoreOrIsSomethingElse(String was, String now, String gone) {
        assertThat(deleted(was, now)).isEqualTo(names(gone));
    }

    /** Whoever deletes it deletes what is below it, too. */
    @ParameterizedTest(name = "{0} and then {1}: {2}")
    @CsvSource({"d/ d/a d/b, d/b, d/a", "d/ d/e/ d/e/a, d/e/a, ''", "d/ d-b d/a, d-b d/a, ''", "d/ d/a, d-b, d d/a"})
    void isNoDirectoryThatSomethingIsBelow(String was, String now, String gone) {
        assertThat(deleted(was, now)).isEqualTo(names(gone));
    }

    private static List<String> deleted(String was, String now) {
        var manifest = new Manifest(1, Samples.metadata(), null, entries(was), List.of(), null);
        return new Base(manifest, List.of()).chain(entries(now)).deleted();
    }

    private static List<String> names(String paths) {
        return words(paths).map(path -> Manifest.WORKSPACE + path).toList();
    }

    private static List<Entry> entries(String paths) {
        return words(paths).map(BaseTest::entry).toList();
    }

    private static Stream<String> words(String paths) {
        return Arrays.stream(paths.split(" ", -1)).filter(word -> !word.isEmpty());
    }

    private static Entry entry(String word) {
        if (word.endsWith("/")) {
            return Samples.entry(word.substring(0, word.length() - 1), EntryType.DIRECTORY, new byte[0], null);
        }
        return word.endsWith("@")
                ? Samples.entry(word.substring(0, word.length() - 1), EntryType.LINK, new byte[0], "elsewhere")
                : Samples.entry(word, EntryType.FILE, new byte[0], null);
    }
}
