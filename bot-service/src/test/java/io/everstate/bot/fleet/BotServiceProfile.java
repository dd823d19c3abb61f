package io.everstate.bot.fleet;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Fresh directories, no state-service, a fast tape. */
public class BotServiceProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/directories")), "bots-")
                    .toAbsolutePath();
            return Map.of(
                    "everstate.peers.state-service", "http://127.0.0.1:1",
                    "everstate.ownership.instance", "in-jvm",
                    "everstate.market.speed", "100",
                    "everstate.fleet.default-arbitrage-bot", "false",
                    "everstate.workspace.directory",
                            directory.resolve("workspace").toString(),
                    "everstate.checkpoint.directory",
                            directory.resolve("checkpoints").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
