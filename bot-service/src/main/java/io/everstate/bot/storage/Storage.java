package io.everstate.bot.storage;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Wires the bucket that the configuration names, if it names one. */
final class Storage {
    @Produces
    @Singleton
    ObjectStorage storage(StorageConfiguration configuration) {
        return of(configuration);
    }

    static ObjectStorage of(StorageConfiguration configuration) {
        return configuration
                .endpoint()
                .<ObjectStorage>map(_ -> new MinioObjectStorage(configuration))
                .orElseGet(NoObjectStorage::new);
    }

    void close(@Disposes ObjectStorage storage) {
        if (storage instanceof MinioObjectStorage minio) {
            minio.close();
        }
    }
}
