package io.everstate.backup.store;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Wires the bucket that the configuration names. */
final class Storage {
    @Produces
    @Singleton
    ArchiveStore store(
            StorageConfiguration configuration,
            StorageCallMetrics metrics,
            Instance<ExpectedArchives> expected,
            WrittenVersions written) {
        return new MinioArchiveStore(
                configuration, metrics, () -> expected.stream().anyMatch(ExpectedArchives::any), written);
    }

    void close(@Disposes ArchiveStore store) {
        if (store instanceof MinioArchiveStore minio) {
            minio.close();
        }
    }
}
