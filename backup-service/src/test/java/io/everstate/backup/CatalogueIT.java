package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.catalogue.BackupHead;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BackupView.Status;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
class CatalogueIT {
    @TestHTTPResource
    URI service;

    @Inject
    Catalogue catalogue;

    @Test
    void tellsTheNewestBackupFromTheNewestThatDidNotFail() {
        var client = new BackupClient(service);
        var completed = client.completed(client.take("excluding", "FULL")).id();
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var head = new BackupHead(
                TimeOrderedUuid.at(now), "excluding", BackupKind.FULL, "is to fail", false, now, "tar.gz");
        var requested = catalogue.request(head, new Asked("somebody", null, null));
        catalogue.failed(requested, requested.fail("on purpose", now));

        assertThat(catalogue.newestRequested("excluding", BackupKind.FULL)).contains(head);
        assertThat(catalogue.newestPromising("excluding", BackupKind.FULL))
                .map(BackupHead::id)
                .contains(completed);
        assertThat(client.backup(head.id()).status()).isEqualTo(Status.FAILED);
        assertThat(catalogue.any()).isTrue();
    }

    @Test
    void pagesThroughWhatIsABackupAlone() {
        var client = new BackupClient(service);
        var older = client.completed(client.take("excluding", "CONFIG_ONLY")).id();
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var head = new BackupHead(
                TimeOrderedUuid.at(now), "excluding", BackupKind.FULL, "is to fail", false, now, "tar.gz");
        var requested = catalogue.request(head, new Asked("somebody", null, null));
        catalogue.failed(requested, requested.fail("on purpose", now));
        var newer = client.completed(client.take("excluding", "CONFIG_ONLY")).id();

        var first = catalogue.completedPage(null, 1);
        var second = catalogue.completedPage(newer, 1);

        assertThat(first).extracting(BackupView::id).containsExactly(newer);
        assertThat(second).extracting(BackupView::id).containsExactly(older);
    }
}
