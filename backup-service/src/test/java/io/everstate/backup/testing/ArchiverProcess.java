package io.everstate.backup.testing;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import java.net.URI;
import java.nio.file.Path;

/** backup-service as a process that does nothing by itself but to archive, every second, in segments of 20 KiB. */
public final class ArchiverProcess {
    private ArchiverProcess() {}

    public static ServiceProcess.Builder of(Database catalogue, String bucket, Path directory, URI stateService) {
        ScratchWorkspace.in(directory.resolve("workspace"));
        return ServiceProcess.of("backup-service")
                .configuration(TestPlatform.shared().configuration("bucket=" + bucket))
                .set("quarkus.datasource.jdbc.url", catalogue.url())
                .set("quarkus.datasource.username", catalogue.user())
                .set("quarkus.datasource.password", catalogue.password())
                .set("everstate.peers.state-service", stateService)
                .set("everstate.workspaces.default.directory", directory.resolve("workspace"))
                .set("everstate.backup.spool-directory", directory.resolve("spool"))
                .set("everstate.segments.every", "1s")
                .set("everstate.segments.size", "20K")
                .set("everstate.schedule.at-start", "false")
                .set("everstate.schedule.full-every", "0s")
                .set("everstate.lease.ttl", "3s")
                .set("everstate.lease.heartbeat", "1s");
    }
}
