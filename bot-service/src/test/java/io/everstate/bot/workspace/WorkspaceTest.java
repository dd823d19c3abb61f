package io.everstate.bot.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SampleJson;
import io.everstate.bot.workspace.Workspace.StateDocument;
import io.everstate.contracts.bot.BotState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {
    private static final SampleJson JSON = new SampleJson();

    @TempDir
    Path directory;

    private Path root;
    private Workspace workspace;

    @BeforeEach
    void open() {
        root = directory.resolve("workspace");
        workspace = new Workspace(root, JSON);
    }

    @Test
    void defaultsToADirectoryBesideTheService() {
        var configuration = SampleConfiguration.of(WorkspaceConfiguration.class, Map.of());

        assertThat(configuration.directory()).isEqualTo(Path.of("workspace"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"configs", "logs", "scripts", "backtrader_engine"})
    void aNewOneHasTheEssentialDirectory(String name) throws IOException {
        workspace.initialise();

        assertThat(root.resolve(name)).isDirectory();
    }

    @Test
    void aNewOneHasConfigurationsThatCanBeRead() throws IOException {
        workspace.initialise();

        assertThat(root.resolve(".env")).content().contains("TRADING_MODE=paper");
        assertThat(json("configs/alert_config.json").fieldNames())
                .toIterable()
                .contains("channels", "minimum_severity");
        assertThat(json("configs/bybit_x_config.json").fieldNames())
                .toIterable()
                .contains("exchange", "symbols");
    }

    /** Who changes one of them must not wait for something to happen. */
    @ParameterizedTest
    @ValueSource(strings = {"configs/alert_config.json", "configs/bybit_x_config.json"})
    void aFirstConfigurationSaysThatItIsAnExample(String file) throws IOException {
        workspace.initialise();

        assertThat(json(file).path("comment").asText()).startsWith("An example that Everstate does not read: ");
    }

    @Test
    void theFirstEnvironmentSaysThatItIsAnExample() throws IOException {
        workspace.initialise();

        assertThat(root.resolve(".env")).content().startsWith("# An example ").contains("Everstate does not read it");
    }

    @Test
    void anEmptyDirectoryIsANewOne() throws IOException {
        Files.createDirectories(root);

        workspace.initialise();

        assertThat(root.resolve(".env")).exists();
    }

    @Test
    void whatWasLostIsNeitherHiddenNorOverwritten() throws IOException {
        workspace.initialise();
        Files.delete(root.resolve("configs/alert_config.json"));
        Files.delete(root.resolve("scripts"));
        Files.writeString(root.resolve(".env"), "mine=1");

        new Workspace(root, JSON).initialise();

        assertThat(root.resolve("configs/alert_config.json")).doesNotExist();
        assertThat(root.resolve("scripts")).doesNotExist();
        assertThat(root.resolve(".env")).hasContent("mine=1");
    }

    @Test
    void theStateFileHoldsTheBots() throws IOException {
        workspace.initialise();
        var bots = List.of(SampleBots.traded(SampleBots.id(1), 2), SampleBots.created(SampleBots.id(2)));

        workspace.writeState(SampleBots.START, bots);

        assertThat(state()).isEqualTo(new StateDocument(Workspace.STATE_VERSION, SampleBots.START, bots));
    }

    /** Two write at once, as at the end of the process, while others read. */
    @Test
    @Tag("SF11")
    void theStateFileIsNeverSeenHalf() throws Exception {
        workspace.initialise();
        var one = List.of(SampleBots.traded(SampleBots.id(1), 40));
        var many = IntStream.range(0, 10)
                .mapToObj(number -> SampleBots.traded(SampleBots.id(number), 20))
                .toList();
        workspace.writeState(SampleBots.START, one);

        try (var threads = Executors.newFixedThreadPool(3)) {
            var writers = List.of(threads.submit(() -> writeOften(one)), threads.submit(() -> writeOften(many)));
            var reader = threads.submit(() -> {
                for (var read = 0; read < 100; read++) {
                    assertThat(state().bots()).isIn(one, many);
                }
                return null;
            });

            reader.get();
            for (var writer : writers) {
                writer.get();
            }
        }
        assertThat(state().bots()).isIn(one, many);
    }

    private Void writeOften(List<BotState> bots) throws IOException {
        for (var write = 0; write < 100; write++) {
            workspace.writeState(SampleBots.START, bots);
        }
        return null;
    }

    private StateDocument state() throws IOException {
        return JSON.read(Files.readAllBytes(root.resolve("logs/bot_state.json")), StateDocument.class);
    }

    private JsonNode json(String file) throws IOException {
        return JSON.read(Files.readAllBytes(root.resolve(file)), JsonNode.class);
    }
}
