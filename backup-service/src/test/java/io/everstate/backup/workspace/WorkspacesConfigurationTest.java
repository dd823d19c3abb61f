package io.everstate.backup.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.platform.Defaults;
import io.everstate.contracts.problem.ProblemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WorkspacesConfigurationTest {
    @Test
    @Tag("BD18")
    void knowsTheSeedsListsByDefault() {
        var configuration = Defaults.of(
                WorkspacesConfiguration.class, Map.of("everstate.workspaces.default.directory", "/srv/bot"));

        var workspace = Objects.requireNonNull(configuration.byName().get("default"));
        assertThat(workspace.directory()).isEqualTo(Path.of("/srv/bot"));
        assertThat(workspace.stateFiles()).containsExactly("logs/bot_state.json");
        assertThat(workspace.configFiles()).containsExactly(".env", "configs/**");
        assertThat(workspace.criticalFiles())
                .containsExactly(
                        "logs/bot_state.json", "configs/alert_config.json", "configs/bybit_x_config.json", ".env");
        assertThat(workspace.essentialDirectories()).containsExactly("backtrader_engine", "configs", "scripts", "logs");
        assertThat(workspace.excludes()).isEmpty();
    }

    @Test
    @Tag("BD18")
    void takesAnyNumberOfWorkspacesWithListsOfTheirOwn() {
        var configuration = Defaults.of(
                WorkspacesConfiguration.class,
                Map.of(
                        "everstate.workspaces.one.directory", "/srv/one",
                        "everstate.workspaces.two.directory", "/srv/two",
                        "everstate.workspaces.two.critical-files", "user_data/config.json"));

        var workspaces = new Workspaces(configuration);

        assertThat(workspaces.all()).extracting(Workspace::name).containsExactly("one", "two");
        assertThat(workspaces.named("two").criticalFiles()).containsExactly("user_data/config.json");
    }

    @Test
    void refusesANameThatCannotBePartOfAnObjectName() {
        var configuration = Defaults.of(
                WorkspacesConfiguration.class, Map.of("everstate.workspaces.\"../up\".directory", "/srv/bot"));

        assertThatThrownBy(() -> new Workspaces(configuration)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysThatAWorkspaceIsUnknown() {
        var workspaces = new Workspaces(Defaults.of(WorkspacesConfiguration.class, Map.of()));

        assertThatThrownBy(() -> workspaces.named("default")).isInstanceOf(ProblemException.class);
    }
}
