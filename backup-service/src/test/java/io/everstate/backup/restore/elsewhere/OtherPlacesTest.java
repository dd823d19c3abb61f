package io.everstate.backup.restore.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.platform.Defaults;
import io.everstate.backup.restore.check.RestoreConfiguration;
import io.everstate.backup.testing.Workspaces;
import io.everstate.backup.workspace.WorkspacesConfiguration;
import io.everstate.contracts.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("BD9")
class OtherPlacesTest {
    private static final UUID ID = UUID.fromString("019aa6a2-0000-7000-8000-000000000009");

    @TempDir
    Path directory;

    private Path root;
    private OtherPlaces places;

    @BeforeEach
    void root() throws IOException {
        root = Files.createDirectory(directory.toRealPath().resolve("root"));
        Files.createDirectories(root.resolve("bot/workspace"));
        Files.createSymbolicLink(root.resolve("link"), directory);
        places = places(Map.of("everstate.restore.elsewhere-root", root.toString()));
    }

    private OtherPlaces places(Map<String, String> keys) {
        var workspace = Map.of(
                "everstate.workspaces.default.directory",
                root.resolve("bot/workspace").toString());
        return new OtherPlaces(
                Defaults.of(RestoreConfiguration.class, keys),
                new io.everstate.backup.workspace.Workspaces(Defaults.of(WorkspacesConfiguration.class, workspace)));
    }

    @Test
    void isThereAtOnceOrNotAtAll() throws IOException {
        Files.createDirectory(root.resolve("empty"));
        for (var to : new String[] {"new", "a/b/new", "empty"}) {
            var place = places.of(to, ID);
            place.create();
            var tree = place.asWorkspace(Workspaces.at(directory)).root();
            Files.createDirectory(tree.resolve(".everstate"));
            Files.writeString(tree.resolve("file"), "restored");
            assertThat(root.resolve(to).resolve("file")).doesNotExist();
            assertThat(place.isPublished()).isFalse();

            place.publish();

            assertThat(place.isPublished()).isTrue();
            assertThat(root.resolve(to)).isDirectoryContaining("glob:**/file");
            assertThat(root.resolve(to).resolve(".everstate")).doesNotExist();
            assertThat(tree).doesNotExist();
        }
    }

    @Test
    void removesWhatWasNotPublishedAndFollowsNoLink() throws IOException {
        var place = places.of("new", ID);
        place.create();
        var tree = place.asWorkspace(Workspaces.at(directory)).root();
        Files.writeString(directory.resolve("precious"), "not ours");
        Files.createSymbolicLink(tree.resolve("out"), directory);

        place.remove();

        assertThat(tree).doesNotExist();
        assertThat(directory.resolve("precious")).exists();
        assertThat(root.resolve("new")).doesNotExist();
    }

    /** Somebody puts a file there while the restore runs. */
    @Test
    void doesNotTakeThePlaceOfADirectoryThatIsNotEmptyAnyMore() throws IOException {
        var place = places.of("new", ID);
        place.create();
        Files.createDirectory(place.asWorkspace(Workspaces.at(directory)).root().resolve(".everstate"));
        Files.createDirectory(root.resolve("new"));
        Files.writeString(root.resolve("new/file"), "somebody's");

        assertThatThrownBy(place::publish).isInstanceOf(IOException.class);
        assertThat(root.resolve("new/file")).hasContent("somebody's");
    }

    @ParameterizedTest(name = "refuses \"{0}\"")
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "../outside",
                "a/../../outside",
                "a/..",
                "/etc",
                "link",
                "link/new",
                "bot",
                "bot/workspace",
                "bot/workspace/new",
                "full",
                "file",
                "file/new"
            })
    void refusesOtherPlaces(String to) throws IOException {
        Files.createDirectory(root.resolve("full"));
        Files.writeString(root.resolve("full/file"), "there");
        Files.writeString(root.resolve("file"), "there");

        assertThatThrownBy(() -> places.of(to, ID)).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesAllWhereNoRootIsConfigured() {
        assertThatThrownBy(() -> places(Map.of()).of("new", ID))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("everstate.restore.elsewhere-root");
    }
}
