package io.everstate.backup.kit;

import io.everstate.backup.store.StorageConfiguration;
import java.net.URI;

/** Where archives are, without what opens it. */
record StoragePlace(URI endpoint, String region, String bucket) {
    static StoragePlace of(StorageConfiguration configuration) {
        return new StoragePlace(configuration.endpoint(), configuration.region(), configuration.bucket());
    }

    /** Whether its address is one that only this machine answers to. */
    boolean onThisMachine() {
        var host = String.valueOf(endpoint.getHost());
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }
}
