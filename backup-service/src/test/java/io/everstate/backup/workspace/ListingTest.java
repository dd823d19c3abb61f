package io.everstate.backup.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Workspaces;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ListingTest {
    @TempDir
    Path directory;

    private ScratchWorkspace files;

    @BeforeEach
    void workspace() {
        files = ScratchWorkspace.in(directory.resolve("workspace"));
    }

    @Test
    void fullIsAllButEverstatesOwn() {
        files.write(".everstate/restore-x/staged/1", "half");

        assertThat(paths(BackupKind.FULL, List.of()))
                .containsExactly(
                        ".env",
                        "backtrader_engine",
                        "backtrader_engine/engine.py",
                        "configs",
                        "configs/alert_config.json",
                        "configs/bybit_x_config.json",
                        "logs",
                        "logs/bot_state.json",
                        "logs/trading.log",
                        "scripts",
                        "scripts/start.sh");
    }

    @Test
    void fullLeavesOutWhatIsExcluded() {
        assertThat(paths(BackupKind.FULL, List.of("logs/*.log", "scripts/**")))
                .doesNotContain("logs/trading.log", "scripts", "scripts/start.sh")
                .contains("logs/bot_state.json");
    }

    /** A database that is copied byte by byte is worth nothing without them. */
    @Test
    void whatLiesBesideASelectedDatabaseIsSelectedWithIt() {
        files.write("logs/bot_state.json", "SQLite format 3\0");
        files.write("logs/bot_state.json-wal", "log");
        files.write("logs/bot_state.json-journal", "journal");
        files.write("logs/trading.log-wal", "of a file that is no database");

        assertThat(paths(BackupKind.STATE_ONLY, List.of()))
                .containsExactly("logs/bot_state.json", "logs/bot_state.json-journal", "logs/bot_state.json-wal");
    }

    @Test
    void stateOnlyIsTheStateFiles() {
        assertThat(paths(BackupKind.STATE_ONLY, List.of())).containsExactly("logs/bot_state.json");
    }

    @Test
    void logsOnlyIsTheLogs() {
        assertThat(paths(BackupKind.LOGS_ONLY, List.of())).containsExactly("logs/trading.log");
    }

    @Test
    void configOnlyIsTheConfigurations() {
        assertThat(paths(BackupKind.CONFIG_ONLY, List.of()))
                .containsExactly(".env", "configs", "configs/alert_config.json", "configs/bybit_x_config.json");
    }

    @Test
    void listsALinkAsItselfAndNothingBehindIt() throws IOException {
        Files.createDirectory(directory.resolve("outside"));
        Files.writeString(directory.resolve("outside/secret"), "not ours");
        Files.createSymbolicLink(files.path("way-out"), directory.resolve("outside"));

        assertThat(paths(BackupKind.FULL, List.of())).contains("way-out").noneMatch(path -> path.contains("secret"));
    }

    /** A walk does not follow a link that it begins at: it would find one file, with an empty name. */
    @ParameterizedTest
    @EnumSource(BackupKind.class)
    void listsAWorkspaceWhoseDirectoryIsALinkAsIfItWereNone(BackupKind kind) throws IOException {
        files.write(".everstate/restore-x/staged/1", "half");
        var link = Files.createSymbolicLink(directory.resolve("link"), files.root());

        assertThat(Listing.of(Workspaces.at(link), kind))
                .isEqualTo(Listing.of(Workspaces.at(files.root()), kind))
                .extracting(Listing::entries)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isNotEmpty();
    }

    @Test
    void listsWhatIsWantedAlthoughItIsExcluded() {
        var workspace = Workspaces.at(files.root(), List.of("logs/**"));

        var listing = Listing.of(workspace, BackupKind.FULL, Set.of("logs/bot_state.json", "logs/gone.json"));

        assertThat(listing.entries())
                .extracting(Listing.Entry::path)
                .contains("logs/bot_state.json", ".env")
                .doesNotContain("logs/trading.log", "logs/gone.json");
    }

    /** As texts: what is below a directory comes behind a sibling whose name goes on with a character before the slash. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isInTheOrderOfThePaths(int seed) throws IOException {
        var random = new Random(seed);
        for (var file = 0; file < 60; file++) {
            var path = new StringBuilder();
            for (var depth = random.nextInt(3); depth >= 0; depth--) {
                path.append(List.of("a", "a-b", "a.b", "aé", "b", " ", "a b", "A")
                                .get(random.nextInt(8)))
                        .append(depth == 0 ? "!f" : "/");
            }
            files.write(path.toString(), "");
        }
        var expected = new TreeSet<String>();
        try (var walk = Files.walk(files.root())) {
            walk.forEach(path -> expected.add(files.root().relativize(path).toString()));
        }
        expected.remove("");

        assertThat(paths(BackupKind.FULL, List.of())).containsExactlyElementsOf(expected);
    }

    static IntStream seeds() {
        return IntStream.range(0, 8);
    }

    @Test
    void saysThatTheWorkspaceIsNotThere() {
        var nowhere = Workspaces.at(directory.resolve("nowhere"));

        assertThatThrownBy(() -> Listing.of(nowhere, BackupKind.FULL))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nowhere");
    }

    private List<String> paths(BackupKind kind, List<String> excludes) {
        return Listing.of(Workspaces.at(files.root(), excludes), kind).entries().stream()
                .map(Listing.Entry::path)
                .toList();
    }
}
