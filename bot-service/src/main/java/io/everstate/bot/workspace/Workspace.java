package io.everstate.bot.workspace;

import io.everstate.bot.checkpoint.AtomicFile;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The files of the bots that this replica hosts, laid out as traders' tools expect them. */
public final class Workspace {
    static final int STATE_VERSION = 1;
    private static final List<String> DIRECTORIES = List.of("configs", "logs", "scripts", "backtrader_engine");
    /** For the scripts of a workspace and for the backups to hold: nothing of Everstate reads them, which each says itself. */
    private static final Map<String, String> FIRST_FILES =
            Map.of(".env", """
            # An example for the scripts of this workspace. Everstate does not read it: its bots trade on paper whatever it says.
            TRADING_MODE=paper
            """, "configs/alert_config.json", """
            {
              "comment": "An example that Everstate does not read: its alerts go where EVERSTATE_ALERTS_WEBHOOK_URL points.",
              "channels": [],
              "minimum_severity": "warning"
            }
            """, "configs/bybit_x_config.json", """
            {
              "comment": "An example that Everstate does not read: its bots trade the symbols they are created with.",
              "exchange": "replay",
              "symbols": ["BTC/USD"]
            }
            """);

    private final Path root;
    private final JsonFormat json;

    public Workspace(Path root, JsonFormat json) {
        this.root = root;
        this.json = json;
    }

    /** The content of {@code logs/bot_state.json}. */
    record StateDocument(int version, Instant timestamp, List<BotState> bots) {}

    /** Lays out a new workspace. An existing one stays as it is: a lost file must be seen as lost. */
    public void initialise() throws IOException {
        if (Files.isDirectory(root) && !isEmpty()) {
            return;
        }
        for (var directory : DIRECTORIES) {
            Files.createDirectories(root.resolve(directory));
        }
        for (var file : FIRST_FILES.entrySet()) {
            AtomicFile.write(root.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Replaces {@code logs/bot_state.json}, which is a copy for people and backups; the log is the truth. */
    public synchronized void writeState(Instant at, List<BotState> bots) throws IOException {
        var document = new StateDocument(STATE_VERSION, at, bots);
        AtomicFile.write(root.resolve("logs/bot_state.json"), json.write(document));
    }

    private boolean isEmpty() throws IOException {
        try (var content = Files.list(root)) {
            return content.findAny().isEmpty();
        }
    }
}
