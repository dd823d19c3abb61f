package io.everstate.bot.storage;

import io.everstate.bot.sample.SampleConfiguration;
import java.net.URI;
import java.util.Map;

/** A bucket to be connected to. */
record SampleStorage(URI endpoint, String accessKey, String secretKey, String bucket) {
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
