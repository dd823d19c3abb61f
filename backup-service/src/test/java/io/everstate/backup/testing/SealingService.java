package io.everstate.backup.testing;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The service with workspaces of its own, that takes, checks and sweeps only what it is asked for. */
public record SealingService(ServiceProcess process, BackupClient client, SealClient seals, CatalogueClient catalogue)
        implements AutoCloseable {
    /**
     * @param workspaces whose names have no dashes, since settings are given by the environment
     * @param settings besides those of all, such as where the storage is
     */
    public static SealingService start(
            Path directory, List<String> workspaces, Database database, Map<String, String> settings) {
        var builder = ServiceProcess.of("backup-service")
                .configuration(TestPlatform.shared().configuration())
                .set("quarkus.datasource.jdbc.url", database.url())
                .set("quarkus.datasource.username", database.user())
                .set("quarkus.datasource.password", database.password())
                .set("everstate.peers.state-service", "http://127.0.0.1:1")
                .set("everstate.backup.spool-directory", directory.resolve("spool"))
                .set("everstate.backup.sweep-every", "1s")
                .set("everstate.seals.look-every", "1s")
                .set("everstate.comparison.look-every", "off")
                .set("everstate.retention.look-every", "off")
                .set("everstate.retention.of-each-kind", "1")
                .set("everstate.retention.minimum", "1")
                .set("everstate.segments.enabled", "false")
                .set("everstate.schedule.at-start", "false")
                .set("everstate.schedule.full-every", "0s")
                .set("everstate.lease.ttl", "3s")
                .set("everstate.lease.heartbeat", "1s")
                .configuration(settings);
        for (var workspace : workspaces) {
            var root = ScratchWorkspace.in(directory.resolve(workspace)).root();
            builder.set("everstate.workspaces." + workspace + ".directory", root);
        }
        var process = builder.start();
        return new SealingService(
                process,
                new BackupClient(process.url()),
                new SealClient(process.url()),
                new CatalogueClient(process.url()));
    }

    @Override
    public void close() {
        process.close();
    }
}
