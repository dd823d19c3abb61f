package io.everstate.backup.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** {@link Surroundings} in which one backup of each kind stays, with a bucket that keeps versions and has object lock, on a MinIO of its own. */
public final class LockingSurroundings implements QuarkusTestResourceLifecycleManager {
    public static final String BUCKET = "locked";

    private final Surroundings surroundings = new Surroundings();
    private @Nullable MinioServer server;

    /** After {@link Surroundings}, which the other tests give to all classes: the later one's settings count. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        var minio = new MinioServer(MinioServer.binary().orElseThrow());
        server = minio;
        var bucket = new VersionedBucket(minio.endpoint(), BUCKET);
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(bucket::makeWithLock);
        var configuration = new HashMap<>(surroundings.start());
        configuration.putAll(OwnDatabase.configuration());
        configuration.put("everstate.storage.endpoint", minio.endpoint().toString());
        configuration.put("everstate.storage.access-key", MinioServer.USER);
        configuration.put("everstate.storage.secret-key", MinioServer.PASSWORD);
        configuration.put("everstate.storage.bucket", BUCKET);
        configuration.put("everstate.storage.look-every", "1s");
        configuration.put("everstate.object-lock.mode", "COMPLIANCE");
        configuration.put("everstate.object-lock.look-every", "1s");
        configuration.put("everstate.retention.max-backups", "1");
        configuration.put("everstate.retention.of-each-kind", "1");
        configuration.put("everstate.retention.keep.daily", "0");
        configuration.put("everstate.retention.minimum", "1");
        return configuration;
    }

    @Override
    public void stop() {
        surroundings.stop();
        if (server != null) {
            server.close();
        }
    }
}
