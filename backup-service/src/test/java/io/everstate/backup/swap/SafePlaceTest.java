package io.everstate.backup.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that somebody tampered with, with manifests to match. */
class SafePlaceTest {
    @TempDir
    Path directory;

    private ScratchWorkspace files;
    private SafePlace places;

    @BeforeEach
    void workspace() {
        files = ScratchWorkspace.in(directory.resolve("workspace"));
        places = new SafePlace(Workspaces.at(files.root()));
    }

    @ParameterizedTest(name = "refuses the path \"{0}\"")
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "..",
                "../outside",
                "configs/../../outside",
                "configs/./x",
                "configs//x",
                "configs/",
                ".everstate/lock",
                ".everstate",
                "a\0b"
            })
    void refusesPathsThatAreNotPlainlyWithin(String path) {
        assertRefused(file(path));
    }

    @Test
    void refusesNamesThatNoFileCanHave() {
        assertRefused(file("configs/" + "é".repeat(128)));
        assertThatCode(() -> places.check(List.of(file("configs/" + "é".repeat(127)))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "refuses a link {0} -> {1}")
    @CsvSource({"link,/etc/passwd", "link,../outside", "configs/link,../../outside", "link,.everstate/lock"})
    void refusesLinksThatLeave(String path, String target) {
        assertRefused(link(path, target));
    }

    @ParameterizedTest(name = "takes a link {0} -> {1}")
    @CsvSource({"link,configs/alert_config.json", "configs/link,../logs/bot_state.json", "link,not/there/yet"})
    void takesLinksWithin(String path, String target) {
        assertThatCode(() -> places.check(List.of(link(path, target)))).doesNotThrowAnyException();
    }

    @Test
    void takesALinkThatLeavesWhenItIsThereAsItIs() throws IOException {
        Files.createSymbolicLink(files.path("python"), Path.of("/usr/bin/python3"));

        assertThatCode(() -> places.check(List.of(link("python", "/usr/bin/python3"))))
                .doesNotThrowAnyException();
        assertRefused(link("python", "/usr/bin/python2"));
    }

    @Test
    void refusesAFileThroughALinkOfTheSameArchive() {
        assertRefused(link("way", "configs"), file("way/alert_config.json"));
    }

    @Test
    void refusesAFileThroughALinkInTheWorkspace() throws IOException {
        Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(files.path("way"), directory.resolve("outside"));

        assertRefused(file("way/file"));
    }

    @Test
    void refusesAFileInPlaceOfADirectory() {
        assertRefused(file("configs"));
    }

    @Test
    void refusesADirectoryInPlaceOfAFile() {
        assertRefused(Samples.entry(".env", EntryType.DIRECTORY, new byte[0], null));
    }

    @Test
    void refusesAnEntryThatIsThereTwice() {
        assertRefused(file("once"), file("once"));
    }

    /** A file takes the place of a link; what the link points to stays as it is. */
    @Test
    void takesAFileInPlaceOfALink() throws IOException {
        Files.createSymbolicLink(files.path("now-a-link"), Path.of("configs"));

        assertThatCode(() -> places.check(List.of(file("now-a-link")))).doesNotThrowAnyException();
        assertThat(files.path("now-a-link")).isSymbolicLink();
    }

    private void assertRefused(Entry... entries) {
        assertThatThrownBy(() -> places.check(List.of(entries))).isInstanceOf(UnsafeArchiveException.class);
    }

    private static Entry file(String path) {
        return Samples.entry(path, EntryType.FILE, new byte[0], null);
    }

    private static Entry link(String path, String target) {
        return Samples.entry(path, EntryType.LINK, new byte[0], target);
    }
}
