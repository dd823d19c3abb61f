package io.everstate.backup.testing;

import static java.util.Map.entry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workspace called {@code default}, one called {@code excluding} beside it that leaves its logs out of FULL, and a stand-in for state-service, beside the
 * platform. Nothing is taken or cleaned up by schedule, and no
 * event log is archived.
 */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
    private @Nullable StandInStateService stateService;

    @Override
    public Map<String, String> start() {
        try {
            stateService = new StandInStateService();
            var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/directories")), "backup-")
                    .toRealPath();
            ScratchWorkspace.in(directory.resolve("workspace"));
            ScratchWorkspace.in(directory.resolve("excluding"));
            var elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
            return Map.ofEntries(
                    entry(
                            "everstate.workspaces.excluding.directory",
                            directory.resolve("excluding").toString()),
                    entry("everstate.workspaces.excluding.excludes", "logs/**"),
                    entry(
                            "everstate.workspaces.default.directory",
                            directory.resolve("workspace").toString()),
                    entry(
                            "everstate.backup.spool-directory",
                            directory.resolve("spool").toString()),
                    entry("everstate.backup.sqlite-look-every", "0s"),
                    entry("everstate.peers.state-service", stateService.url().toString()),
                    entry("everstate.backup.full-after", "3"),
                    entry("everstate.restore.max-bytes", "20M"),
                    entry("everstate.restore.elsewhere-root", elsewhere.toString()),
                    entry("everstate.retention.look-every", "off"),
                    entry("everstate.comparison.look-every", "off"),
                    entry("everstate.segments.enabled", "false"),
                    entry("everstate.schedule.at-start", "false"),
                    entry("everstate.schedule.full-every", "0s"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (stateService != null) {
            stateService.close();
        }
    }
}
