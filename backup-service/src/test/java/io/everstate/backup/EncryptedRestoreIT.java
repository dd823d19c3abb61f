package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.EncryptingSurroundings;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.VerificationView.Finding;
import io.everstate.contracts.backup.VerificationView.Result;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service that has the secret key too. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = EncryptingSurroundings.BUCKET)
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EncryptingSurroundings.class,
        initArgs = @ResourceArg(name = "identity", value = "true"),
        restrictToAnnotatedClass = true)
@Tag("BD15")
class EncryptedRestoreIT {
    @TestHTTPResource
    URI service;

    @Test
    void theInspectionSaysNothingOfKeysThatAreHere() {
        var client = new BackupClient(service);
        client.completed(client.take("FULL"));

        var inspection = client.inspection();

        assertThat(inspection.files())
                .extracting(InspectionView.FileFinding::restoreNeeds)
                .containsOnlyNulls();
    }

    @Test
    void putsBackWhatItEncrypted() {
        var client = new BackupClient(service);
        var workspace = ScratchWorkspace.in(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
        var before = workspace.content();
        var backup = client.completed(client.take("FULL"));
        var incremental = client.completed(client.take("INCREMENTAL"));
        workspace.write(".env", "API_KEY=other\n");
        workspace.delete("configs/alert_config.json");

        var restore = client.restoreEnded(client.restore(backup.id(), null));

        assertThat(restore.status()).as(String.valueOf(restore.failure())).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.content()).isEqualTo(before);
        workspace.write(".env", "API_KEY=other\n");
        assertThat(incremental.base()).isEqualTo(backup.id());
        assertThat(client.restoreEnded(client.restore(incremental.id(), null)).status())
                .isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.content()).isEqualTo(before);
    }

    @Test
    @Tag("BD7")
    void verifiesWhatIsInIt() {
        var client = new BackupClient(service);
        var backup = client.completed(client.take("CONFIG_ONLY"));

        var ended = client.verificationEnded(client.verify(backup.id()));

        assertThat(ended.findings()).extracting(Finding::result).containsExactly(Result.VERIFIED);
    }
}
