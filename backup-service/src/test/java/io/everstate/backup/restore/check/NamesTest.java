package io.everstate.backup.restore.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Samples;
import io.everstate.contracts.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("BD9")
class NamesTest {
    @Test
    void refusesANameThatIsThereTwice() {
        assertThatThrownBy(() -> Names.checkUnique(entries(".env", "logs/a", ".env")))
                .isInstanceOf(ProblemException.class)
                .hasMessage("the archive holds workspace/.env twice");
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({"Bot.json,bot.json", "Logs/a,logs/b", "a/Straße,a/STRASSE", "caf\u00e9,cafe\u0301", "x/y/Z/1,x/Y/z/2"})
    void refusesNamesThatAreOneWhereCaseDoesNotCount(String one, String other) {
        assertThatThrownBy(() -> Names.checkFolded(entries(one, other)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("are one name on this file system");
    }

    @Test
    void takesNamesThatDifferInMore() {
        assertThatCode(() -> Names.checkFolded(entries("logs/a", "logs/b", "logs/a.1", "Makefile")))
                .doesNotThrowAnyException();
    }

    /** Two files of this system whose names differ in case only are two files, and a bot may have both. */
    @Test
    void seesThatCaseCountsHere(@TempDir Path directory) throws IOException {
        Files.createFile(directory.resolve("123"));
        Files.createFile(directory.resolve("bot"));
        Files.createLink(directory.resolve("BOT"), directory.resolve("bot"));
        Files.createFile(directory.resolve("makefile"));

        assertThat(Names.areFolded(directory)).isFalse();
        assertThat(Names.areFolded(directory.resolve("missing"))).isFalse();
    }

    private static List<Entry> entries(String... paths) {
        return Stream.of(paths).map(path -> Samples.sized(path, 1)).toList();
    }
}
