package io.everstate.backup.testing;

import io.everstate.backup.store.BegunUploads;
import io.everstate.platform.testkit.TestPlatform;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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

    /** What was begun to be sent to that name and not ended, as the storage lists it. */
    public List<String> uploadsTo(String object) {
        return new BegunUploads(bucket, endpoint(), accessKey(), secretKey()).to(object);
    }

    public URI endpoint() {
        return minio.map(MinioServer::endpoint)
                .orElseGet(() -> TestPlatform.shared().storage().endpoint());
    }

    private String accessKey() {
        return minio.isPresent()
                ? MinioServer.USER
                : TestPlatform.shared().storage().accessKey();
    }

    private String secretKey() {
        return minio.isPresent()
                ? MinioServer.PASSWORD
                : TestPlatform.shared().storage().secretKey();
    }

    /** Of a service that uses it. */
    public Map<String, String> configuration() {
        return Map.of(
                "everstate.storage.endpoint",
                endpoint().toString(),
                "everstate.storage.access-key",
                accessKey(),
                "everstate.storage.secret-key",
                secretKey(),
                "everstate.storage.bucket",
                bucket);
    }

    @Override
    public void close() {
        minio.ifPresent(MinioServer::close);
    }
}
