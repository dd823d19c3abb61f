package io.everstate.bot.storage;

import io.everstate.bot.sample.SampleConfiguration;
import java.net.URI;
import java.util.Map;

/** A bucket to be connected to. */
public record SampleStorage(URI endpoint, String accessKey, String secretKey, String bucket) {
    /** Deletes one object. */
    public void delete(String name) {
        try (var storage = connect()) {
            storage.delete(name);
        }
    }

    MinioObjectStorage connect() {
        return new MinioObjectStorage(SampleConfiguration.of(
                StorageConfiguration.class,
                Map.of(
                        "everstate.storage.endpoint", endpoint.toString(),
                        "everstate.storage.access-key", accessKey,
                        "everstate.storage.secret-key", secretKey,
                        "everstate.storage.bucket", bucket)));
    }
}
