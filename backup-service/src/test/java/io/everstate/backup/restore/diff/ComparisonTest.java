package io.everstate.backup.restore.diff;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.swap.Removal;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Workspaces;
import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreDifference.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("BD9")
class ComparisonTest {
    @TempDir
    Path directory;

    private ScratchWorkspace files;
    private List<Entry> archive;

    @BeforeEach
    void workspace() throws IOException {
        files = ScratchWorkspace.in(directory.resolve("workspace"));
        archive = Samples.archive(writer -> {
                    Samples.directory(writer, "configs");
                    Samples.file(writer, "configs/alert_config.json", "{\"telegram\":false}");
                    Samples.file(writer, ".env", "API_KEY=old\n");
                    Samples.file(writer, "gone.txt", "back again");
                    Samples.link(writer, "current.log", "logs/trading.log");
                    Samples.file(writer, "trades.sqlite", "SQLite format 3\0 restored");
                })
                .manifest()
                .entries();
        for (var same : List.of("configs/alert_config.json", ".env")) {
            Files.setPosixFilePermissions(files.path(same), PosixFilePermissions.fromString("rw-r-----"));
        }
        Files.createSymbolicLink(files.path("current.log"), Path.of("logs/trading.log"));
    }

    @Test
    void tellsOfEachPathWhatWouldBecomeOfIt() throws IOException {
        files.write("trades.sqlite", "SQLite format 3\0 present");
        files.write("trades.sqlite-wal", "of the present one");

        assertThat(effects())
                .containsEntry("configs", Effect.SAME)
                .containsEntry("configs/alert_config.json", Effect.SAME)
                .containsEntry(".env", Effect.CHANGED)
                .containsEntry("gone.txt", Effect.ADDED)
                .containsEntry("current.log", Effect.SAME)
                .containsEntry("trades.sqlite", Effect.CHANGED)
                .containsEntry("trades.sqlite-wal", Effect.TAKEN_AWAY)
                .containsEntry("logs/bot_state.json", Effect.UNTOUCHED)
                .hasSize(12);
    }

    @Test
    void seesAModeAndALinkThatAreOthers() throws IOException {
        files.write(".env", "API_KEY=old\n");
        Files.setPosixFilePermissions(files.path(".env"), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.delete(files.path("current.log"));
        Files.createSymbolicLink(files.path("current.log"), Path.of("logs/other.log"));

        var found = found();

        var env = requireNonNull(found.get(".env"));
        var present = requireNonNull(env.present());
        var restored = requireNonNull(env.restored());
        assertThat(env.effect()).isEqualTo(Effect.CHANGED);
        assertThat(present.sha256()).isEqualTo(restored.sha256());
        assertThat(present.mode()).isEqualTo("666");
        assertThat(restored.mode()).isEqualTo("640");
        var link = requireNonNull(found.get("current.log"));
        assertThat(link.effect()).isEqualTo(Effect.CHANGED);
        assertThat(requireNonNull(link.present()).linkTarget()).isEqualTo("logs/other.log");
    }

    @Test
    void findsAllAddedWhereThereIsNoWorkspaceYet() throws IOException {
        var missing = Workspaces.at(directory.resolve("missing"));

        assertThat(Comparison.of(missing, archive, Removal.NONE, Set.of(), _ -> true))
                .extracting(RestoreDifference::effect)
                .hasSize(6)
                .containsOnly(Effect.ADDED);
        assertThat(missing.root()).doesNotExist();
    }

    private Map<String, Effect> effects() throws IOException {
        return found().values().stream().collect(Collectors.toMap(RestoreDifference::path, RestoreDifference::effect));
    }

    private Map<String, RestoreDifference> found() throws IOException {
        return Comparison.of(
                        Workspaces.at(files.root(), List.of("logs/**")), archive, Removal.NONE, Set.of(), _ -> true)
                .stream()
                .collect(Collectors.toMap(RestoreDifference::path, Function.identity()));
    }
}
