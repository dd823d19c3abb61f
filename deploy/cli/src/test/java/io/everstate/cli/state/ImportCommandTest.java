package io.everstate.cli.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.cli.client.Imports.Imported;
import io.everstate.cli.client.Imports.Result;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("PT10")
class ImportCommandTest {
    private static Result result(String outcome) {
        var why = outcome.equals("REFUSED") ? "there is a bot already" : null;
        return new Result(
                true,
                "PAPER_TRADER",
                "abc",
                List.of(new Imported("bot", "state", outcome, why, List.of("0.3 is a share"), null)),
                List.of("the bot is stopped"));
    }

    @Test
    void tellsWhatBecameOfEachBot() {
        assertThat(ImportCommand.sheet(result("WOULD_BE_MADE"))).isEqualTo("""
                PAPER_TRADER file, sha256 abc: a dry run, nothing is made
                BOT  NAME   ID  OUTCOME        WHY
                bot  state   -  WOULD BE MADE
                  bot: 0.3 is a share
                  the bot is stopped""");
    }

    @Test
    void endsWithOneWhenABotIsRefused() {
        assertThat(ImportCommand.exitCode(result("MADE"))).isEqualTo(ExitCode.OK);
        assertThat(ImportCommand.exitCode(result("REFUSED"))).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aHugeOrMissingFileIsNamed(@TempDir Path directory) throws IOException {
        var huge = directory.resolve("huge.json");
        try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(6L << 20);
        }

        assertThatThrownBy(() -> ImportCommand.read(huge))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("6291456 bytes");
        assertThatThrownBy(() -> ImportCommand.read(directory.resolve("none.json")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("none.json cannot be read");
    }
}
