package io.everstate.cli.tour;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The two files that the tour destroys, and what they must be afterwards. */
record LostFiles(Path state, Path configuration, String configurationBefore) {

    static LostFiles in(Path workspace) {
        Path configuration = workspace.resolve("configs/alert_config.json");
        try {
            return new LostFiles(
                    workspace.resolve("logs/bot_state.json"), configuration, Files.readString(configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(configuration + " cannot be read", e);
        }
    }

    void strike() {
        try {
            Files.write(state, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            Files.delete(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException("the workspace's files cannot be destroyed", e);
        }
    }

    /** The state file holds JSON again, the configuration exactly what it held. */
    void requireRestored() {
        try {
            if (Json.MAPPER.readTree(Files.readAllBytes(state)).isEmpty()) {
                throw failed(state + " is not restored: it holds no state");
            }
            if (!Files.readString(configuration).equals(configurationBefore)) {
                throw failed(configuration + " is not restored: its content is another");
            }
        } catch (JsonProcessingException e) {
            throw new CommandFailedException(ExitCode.FAILED, state + " is not restored: it holds no JSON", e);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, "a file is not restored: " + e.getMessage(), e);
        }
    }

    private static CommandFailedException failed(String sentence) {
        return new CommandFailedException(ExitCode.FAILED, sentence);
    }
}
