package io.everstate.backup.testing;

import io.everstate.platform.testkit.TestPlatform;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A bucket of its own on a MinIO of its own where one is installed, else on the platform's storage. */
public final class SealStorage implements AutoCloseable {
    private final String bucket = "seals-" + UUID.randomUUID();
    private final Optional<MinioServer> minio = MinioServer.binary().map(MinioServer::new);
    private final StoredBackups stored;

    public SealStorage() {
        var access = TestPlatform.shared().storage();
        stored = minio.map(
                        server -> new StoredBackups(bucket, server.endpoint(), MinioServer.USER, MinioServer.PASSWORD))
                .orElseGet(() -> new StoredBackups(bucket, access.endpoint(), access.accessKey(), access.secretKey()));
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(stored::make);
    }

    /** The bucket in the hands of somebody who can write to it. */
    public StoredBackups stored() {
        return stored;
    }

    public URI endpoint() {
        return minio.map(MinioServer::endpoint)
                .orElseGet(() -> TestPlatform.shared().storage().endpoint());
    }

    /** Of a service that uses it. */
    public Map<String, String> configuration() {
        var access = TestPlatform.shared().storage();
        return Map.of(
                "everstate.storage.endpoint",
                endpoint().toString(),
                "everstate.storage.access-key",
                minio.isPresent() ? MinioServer.USER : access.accessKey(),
                "everstate.storage.secret-key",
                minio.isPresent() ? MinioServer.PASSWORD : access.secretKey(),
                "everstate.storage.bucket",
                bucket);
    }

    @Override
    public void close() {
        minio.ifPresent(MinioServer::close);
    }
}
