package io.everstate.backup.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.store.BucketCapabilities.Support;
import io.everstate.backup.store.ObjectLock.Mode;
import io.everstate.backup.testing.MinioServer;
import io.everstate.backup.testing.VersionedBucket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bucket that keeps versions and refuses deletions, and somebody who can write to it. */
@EnabledIf(value = "io.everstate.backup.testing.MinioServer#isInstalled", disabledReason = "no minio on the PATH")
class MinioArchiveStoreOnLockedBucketIT implements ArchiveStoreContract {
    private static MinioServer server;
    private static VersionedBucket bucket;
    private static MinioArchiveStore store;

    private final Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

    private final String name = "locked/" + UUID.randomUUID() + "/object";

    @BeforeAll
    static void start() {
        server = new MinioServer(MinioServer.binary().orElseThrow());
        bucket = new VersionedBucket(server.endpoint(), "locked-bucket");
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> bucket.makeWithLock());
        store = new MinioArchiveStore(
                Storages.at(server.endpoint(), MinioServer.USER, MinioServer.PASSWORD, "locked-bucket"),
                Storages.metrics(),
                () -> false,
                Storages.versions());
    }

    @AfterAll
    static void stop() {
        store.close();
        server.close();
    }

    @Override
    public ArchiveStore store() {
        return store;
    }

    private void put(String content) throws IOException {
        try (var upload = store.begin(name)) {
            upload.write(content.getBytes(UTF_8));
            upload.complete();
        }
    }

    private String read() throws IOException {
        try (var input = store.open(name)) {
            return new String(input.readAllBytes(), UTF_8);
        }
    }

    @Test
    void saysThatVersionsAndLocksAreOn() {
        assertThat(store.capabilities()).isEqualTo(new BucketCapabilities(Support.ON, Support.ON));
    }

    @Test
    void readsWhatWasWrittenThoughItWasWrittenOver() throws IOException {
        put("first");

        bucket.write(name, "somebody else's");

        assertThat(read()).isEqualTo("first");
        assertThat(store.find(name)).get().extracting(StoredObject::bytes).isEqualTo(5L);
    }

    @Test
    void readsWhatWasWrittenThoughItWasDeleted() throws IOException {
        put("first");

        bucket.delete(name);

        assertThat(store.names(name, "")).as("a marker hides it").isEmpty();
        assertThat(read()).isEqualTo("first");
    }

    @Test
    void readsNoOtherVersionInThePlaceOfTheOneThatWasWritten() throws IOException {
        put("first");
        var written = bucket.versions(name).getFirst();
        bucket.write(name, "other");

        bucket.delete(name, written);

        assertThat(store.find(name)).isEmpty();
        assertThatThrownBy(this::read).isInstanceOf(ObjectMissingException.class);
    }

    /** Else its bytes are there, and paid for, when the catalogue says that they are gone. */
    @Test
    void deletesEveryVersionAndEveryMarker() throws IOException {
        put("first");
        bucket.write(name, "other");
        bucket.delete(name);

        store.delete(name);

        assertThat(bucket.versions(name)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Mode.class)
    void deletesNothingThatIsLocked(Mode mode) throws IOException {
        put("first");

        var lock = store.lock(name, new ObjectLock(mode, tomorrow));

        assertThat(lock).isEqualTo(new ObjectLock(mode, tomorrow));
        assertThatThrownBy(() -> store.delete(name))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("refused to delete");
        assertThat(read()).isEqualTo("first");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Mode.class)
    void extendsALockAndNeverShortensIt(Mode mode) throws IOException {
        put("first");
        store.lock(name, new ObjectLock(mode, tomorrow));
        var later = new ObjectLock(mode, tomorrow.plusSeconds(60));

        assertThat(store.lock(name, later)).isEqualTo(later);

        assertThat(store.lock(name, new ObjectLock(mode, tomorrow))).isEqualTo(later);
    }

    @Test
    void locksNothingThatIsNotThere() {
        assertThatThrownBy(() -> store.lock(name, new ObjectLock(Mode.GOVERNANCE, tomorrow)))
                .isInstanceOf(ObjectMissingException.class);
    }
}
