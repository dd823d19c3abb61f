package io.everstate.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.store.BucketCapabilities.Support;
import io.everstate.backup.testing.MinioServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MinioArchiveStoreOnMinioIT implements ArchiveStoreContract {
    private static @Nullable MinioServer server;
    private static @Nullable MinioArchiveStore store;

    @BeforeAll
    static void start() {
        var binary = MinioServer.binary();
        Assumptions.assumeTrue(binary.isPresent(), "no minio on the PATH");
        var started = new MinioServer(binary.orElseThrow());
        server = started;
        var connected = new MinioArchiveStore(
                Storages.at(started.endpoint(), MinioServer.USER, MinioServer.PASSWORD, "store-contract"),
                Storages.metrics(),
                () -> false,
                Storages.versions());
        store = connected;
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> connected.capabilities() != null);
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    public ArchiveStore store() {
        return java.util.Objects.requireNonNull(store);
    }

    @Test
    void saysThatVersionsAndLocksAreOff() {
        assertThat(store().capabilities()).isEqualTo(new BucketCapabilities(Support.OFF, Support.OFF));
    }
}
