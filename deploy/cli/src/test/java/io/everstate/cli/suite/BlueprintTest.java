package io.everstate.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.Installation;
import io.everstate.cli.place.PortName;
import io.everstate.cli.place.Ports;
import io.everstate.cli.place.ServiceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlueprintTest {

    /** Large checkpoints of bots go there; in the bucket of the archives they could forge one. */
    @Test
    void givesBotsAndArchivesTheStorageAndABucketEach(@TempDir Path directory) {
        Ports ports = Ports.free();
        SuiteOptions options =
                new SuiteOptions(new DataDirectory(directory), ports, new Installation(directory), Map.of());
        options.data().create();
        Blueprint blueprint = new Blueprint(options, Credentials.in(options.data()), Map.of());

        Map<String, String> bots = blueprint.service(ServiceName.BOT).environment();
        Map<String, String> backups = blueprint.service(ServiceName.BACKUP).environment();

        for (Map<String, String> settings : List.of(bots, backups)) {
            assertThat(settings)
                    .containsEntry("EVERSTATE_STORAGE_ENDPOINT", "http://127.0.0.1:" + ports.of(PortName.S3))
                    .containsKeys("EVERSTATE_STORAGE_ACCESS_KEY", "EVERSTATE_STORAGE_SECRET_KEY");
        }
        assertThat(bots)
                .containsEntry("EVERSTATE_STORAGE_BUCKET", "everstate-bots")
                .containsEntry(
                        "EVERSTATE_DOCUMENT_DIRECTORY",
                        directory.resolve("documents").toString());
        assertThat(backups).containsEntry("EVERSTATE_STORAGE_BUCKET", "everstate");
    }
}
