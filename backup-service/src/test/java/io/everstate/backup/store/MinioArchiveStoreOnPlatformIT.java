package io.everstate.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.store.BucketCapabilities.Support;
import io.everstate.platform.testkit.TestPlatform;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MinioArchiveStoreOnPlatformIT implements ArchiveStoreContract {
    private static MinioArchiveStore store;

    @BeforeAll
    static void connect() {
        store = new MinioArchiveStore(
                configuration("store-contract"), Storages.metrics(), () -> false, Storages.versions());
    }

    @AfterAll
    static void disconnect() {
        store.close();
    }

    private static StorageConfiguration configuration(String bucket) {
        var storage = TestPlatform.shared().storage();
        return Storages.at(storage.endpoint(), storage.accessKey(), storage.secretKey(), bucket);
    }

    @Override
    public ArchiveStore store() {
        return store;
    }

    /** The storage of the containers is MinIO, which knows the question of locks; that of the process does not. */
    @Test
    void saysThatVersionsAreOffAndHowLocksAre() {
        var lock = TestPlatform.isOnContainers() ? Support.OFF : Support.UNSUPPORTED;

        assertThat(store.capabilities()).isEqualTo(new BucketCapabilities(Support.OFF, lock));
    }

    @Test
    void severalMakeTheMissingBucketAtTheSameMoment() throws Exception {
        try (var one = new MinioArchiveStore(
                        configuration("made-by-several"), Storages.metrics(), () -> false, Storages.versions());
                var other = new MinioArchiveStore(
                        configuration("made-by-several"), Storages.metrics(), () -> false, Storages.versions());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stores = List.of(one, other, one, other, one, other, one, other);

            var asked = threads.invokeAll(stores.stream()
                    .<Callable<BucketCapabilities>>map(store -> store::capabilities)
                    .toList());

            for (var answer : asked) {
                assertThat(answer.get().versioning()).isEqualTo(Support.OFF);
            }
        }
    }

    /** An empty bucket in the place of one that held backups says of each of them that it does not exist. */
    @Test
    void doesNotMakeABucketAnewThatShouldHoldArchives() {
        try (var lost = new MinioArchiveStore(
                        configuration("was-lost"), Storages.metrics(), () -> true, Storages.versions());
                var looking = new MinioArchiveStore(
                        configuration("was-lost"), Storages.metrics(), () -> false, Storages.versions())) {
            assertThatThrownBy(lost::capabilities)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("was-lost");
            assertThatThrownBy(() -> lost.begin("contract/any")).isInstanceOf(StoreUnavailableException.class);

            assertThatThrownBy(() -> looking.open("contract/any").close())
                    .as("the bucket is not there")
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void isUnavailableWithAWrongSecret() {
        var right = configuration("store-contract");
        try (var wrong = new MinioArchiveStore(
                Storages.at(right.endpoint(), right.accessKey(), "not-the-secret", right.bucket()),
                Storages.metrics(),
                () -> false,
                Storages.versions())) {
            assertThatThrownBy(() -> wrong.begin("contract/refused")).isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void isUnavailableWhereNobodyListens() {
        try (var nobody = new MinioArchiveStore(
                Storages.at(URI.create("http://127.0.0.1:9"), "access", "secret", "bucket"),
                Storages.metrics(),
                () -> false,
                Storages.versions())) {
            assertThatThrownBy(() -> nobody.begin("contract/refused"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("did not find the bucket");
        }
    }

    /** A bucket that is not there says nothing about the object: the backup must not be called corrupted for it. */
    @Test
    void isUnavailableWhenTheBucketIsNotThere() {
        try (var other = new MinioArchiveStore(
                configuration("no-such-bucket"), Storages.metrics(), () -> false, Storages.versions())) {
            assertThatThrownBy(() -> other.open("contract/any").close())
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("no-such-bucket");
        }
    }
}
