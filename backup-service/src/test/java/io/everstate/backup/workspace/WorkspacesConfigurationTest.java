package io.everstate.backup.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.platform.Defaults;
import io.everstate.contracts.problem.ProblemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WorkspacesConfigurationTest {
    @Test
    @Tag("BD18")
    void knowsTheSeedsListsByDefault() {
        var workspace = workspace(Map.of("directory", "/srv/bot"));

        assertThat(workspace.root()).isEqualTo(Path.of("/srv/bot"));
        assertThat(workspace.kind()).isEqualTo(WorkspaceKind.EVERSTATE);
        var profile = workspace.profile();
        assertThat(profile.stateFiles().globs()).containsExactly("logs/bot_state.json");
        assertThat(profile.configFiles().globs()).containsExactly(".env", "configs/**");
        assertThat(profile.logFiles().globs()).containsExactly("logs/*.log", "logs/*.log.*");
        assertThat(profile.excludes().globs()).isEmpty();
        assertThat(workspace.criticalFiles())
                .containsExactly(
                        "logs/bot_state.json", "configs/alert_config.json", "configs/bybit_x_config.json", ".env");
        assertThat(workspace.essentialDirectories()).containsExactly("backtrader_engine", "configs", "scripts", "logs");
    }

    @ParameterizedTest
    @EnumSource(WorkspaceKind.class)
    @Tag("BD18")
    void whatIsConfiguredWinsOverTheKindAndNothingElseDoes(WorkspaceKind kind) {
        var usual = kind.profile();

        var workspace = workspace(Map.of(
                "directory", "/srv/bot",
                "kind", kind.name().toLowerCase(Locale.ROOT),
                "state-files", "a,b/*",
                "log-files", "c",
                "critical-files", "d"));

        assertThat(workspace.kind()).isEqualTo(kind);
        assertThat(workspace.profile().stateFiles().globs()).containsExactly("a", "b/*");
        assertThat(workspace.profile().logFiles().globs()).containsExactly("c");
        assertThat(workspace.criticalFiles()).containsExactly("d");
        assertThat(workspace.profile().configFiles().globs())
                .isEqualTo(usual.configFiles().globs());
        assertThat(workspace.profile().excludes().globs())
                .isEqualTo(usual.excludes().globs());
        assertThat(workspace.essentialDirectories()).isEqualTo(usual.essentialDirectories());
    }

    @Test
    void refusesAKindThatThereIsNotWithItsKeyAndTheOnesThatThereAre() {
        assertThatThrownBy(() -> workspace(Map.of("directory", "/srv/bot", "kind", "frqtrade")))
                .hasMessageContainingAll(
                        "everstate.workspaces.default.kind",
                        "frqtrade",
                        "everstate",
                        "freqtrade",
                        "hummingbot",
                        "generic");
    }

    @ParameterizedTest
    @CsvSource({
        "state-files, [a",
        "config-files, {a",
        "log-files, /var/log/*.log",
        "excludes, ../other/**",
        "critical-files, logs//x",
        "essential-directories, ./logs"
    })
    void refusesAPatternThatMatchesNothingWithItsKey(String key, String pattern) {
        assertThatThrownBy(() -> workspace(Map.of("directory", "/srv/bot", key, pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("everstate.workspaces.default." + key + ": " + pattern);
    }

    private static Workspace workspace(Map<String, String> keys) {
        var prefixed = new HashMap<String, String>();
        keys.forEach((key, value) -> prefixed.put("everstate.workspaces.default." + key, value));
        return new Workspaces(Defaults.of(WorkspacesConfiguration.class, prefixed)).named("default");
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
