package io.everstate.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.archive.Samples;
import io.everstate.backup.seal.Seal.Act;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.testing.PlantedBackup;
import io.everstate.backup.testing.Surroundings;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever adds to a chain, and however many at once. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
class SealsIT {
    private static final int MANY = 24;

    @Inject
    Seals seals;

    @Inject
    DataSource database;

    @Inject
    ArchiveStore store;

    private String workspace;

    @BeforeEach
    void aWorkspace() {
        workspace = "chain-" + UUID.randomUUID();
    }

    @Test
    void doesNotForkHoweverManyAddAtOnce() throws Exception {
        var ids = LongStream.range(0, MANY).mapToObj(i -> UUID.randomUUID()).toList();
        try (var executor = Executors.newFixedThreadPool(4)) {
            var added = ids.stream()
                    .map(id -> executor.submit(() -> QuarkusTransaction.requiringNew()
                            .call(() -> seals.stored(workspace, SampleSeals.backup(id)))))
                    .toList();
            for (var one : added) {
                assertThat(one.get().seal().workspace()).isEqualTo(workspace);
            }
        }

        var chain = seals.all(workspace);

        assertThat(chain).hasSize(MANY);
        var number = 0L;
        String before = null;
        for (var known : chain) {
            assertThat(known.stored().seal().follows(workspace, number, before)).isTrue();
            number = known.stored().seal().number();
            before = known.stored().sha256();
        }
        assertThat(seals.head(workspace)).contains(chain.getLast().stored().head());
    }

    @Test
    void saysOfABackupOnceThatItIsThereAndOnceThatItIsNot() {
        var backup = SampleSeals.backup(UUID.randomUUID());
        var first = QuarkusTransaction.requiringNew().call(() -> seals.stored(workspace, backup));
        var again = QuarkusTransaction.requiringNew().call(() -> seals.stored(workspace, backup));
        for (var times = 0; times < 2; times++) {
            QuarkusTransaction.requiringNew().run(() -> seals.removed(workspace, backup.id(), "not wanted"));
        }

        assertThat(again.sha256()).isEqualTo(first.sha256());
        assertThat(seals.all(workspace))
                .extracting(known -> known.stored().seal().act())
                .containsExactly(Act.STORED, Act.REMOVED);
    }

    /** It was completed without one: the service does it by itself. */
    @Test
    void completedBackupsOfBeforeThereWereSealsGetTheirs() {
        var content = Samples.archive(writer -> {});
        var planted = new PlantedBackup(database, store).plant("default", content.archive(), content.manifest());

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(seals.of(planted, Act.STORED)).isPresent());

        var sealed = seals.of(planted, Act.STORED).orElseThrow().seal().backup();
        assertThat(sealed.bytes()).isEqualTo(content.archive().length);
        assertThat(sealed.archive()).contains(planted.toString());
    }

    @Test
    void saysNothingOfTheRemovalOfWhatNeverWasThere() {
        QuarkusTransaction.requiringNew().run(() -> seals.removed(workspace, UUID.randomUUID(), "it failed"));

        assertThat(seals.all(workspace)).isEmpty();
        assertThat(seals.head(workspace)).isEmpty();
    }
}
