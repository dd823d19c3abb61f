package io.everstate.backup.packing;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the packings and ends their threads. */
final class PackingProducer {
    @Produces
    @Singleton
    Packings packings(PackingConfiguration configuration) {
        return new Packings(configuration);
    }

    void close(@Disposes Packings packings) {
        packings.close();
    }
}
