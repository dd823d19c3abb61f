package io.everstate.backup.store;

import io.minio.ListObjectVersionsArgs;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectArgs;
import io.minio.SetObjectRetentionArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.messages.Item;
import io.minio.messages.Retention;
import io.minio.messages.RetentionMode;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Versions of objects, and their locks. */
final class MinioVersions {
    private static final int PAGE = 1000;

    private final MinioAsyncClient client;
    private final StorageCalls calls;
    private final String bucket;

    MinioVersions(MinioAsyncClient client, StorageCalls calls, String bucket) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
    }

    /**
     * @param version the newest one when it is null
     * @throws ObjectMissingException when there is none, or the newest is a delete marker
     */
    StatObjectResponse stat(String name, @Nullable String version) {
        return calls.repeatable("find", name, () -> {
            var one = StatObjectArgs.builder().bucket(bucket).object(name);
            return client.statObject(
                    version == null ? one.build() : one.versionId(version).build());
        });
    }

    /** Of every version, markers too: a delete that names none leaves all of them and hides them. Nothing that is locked goes. */
    void removeAll(String name) {
        var before = List.<String>of();
        for (var found = of(name); !found.isEmpty(); found = of(name)) {
            if (found.equals(before)) {
                throw new StoreUnavailableException("the storage deleted " + name + " and still lists it", null);
            }
            found.forEach(version -> remove(name, version));
            before = found;
        }
    }

    private List<String> of(String name) {
        var answer = calls.repeatable(
                        "list the versions of",
                        name,
                        () -> client.listObjectVersions(ListObjectVersionsArgs.builder()
                                .bucket(bucket)
                                .prefix(name)
                                .maxKeys(PAGE)
                                .build()))
                .result();
        return Stream.<Item>concat(answer.contents().stream(), answer.deleteMarkers().stream())
                .filter(item -> item.objectName().equals(name))
                .map(Item::versionId)
                .toList();
    }

    private void remove(String name, String version) {
        calls.repeatable(
                "delete",
                name,
                () -> client.removeObject(RemoveObjectArgs.builder()
                        .bucket(bucket)
                        .object(name)
                        .versionId(version)
                        .build()));
    }

    /** Never for a shorter time, and never in another mode than it has. */
    ObjectLock lock(String name, @Nullable String version, ObjectLock wanted) {
        var found = stat(name, version);
        var held = held(found);
        if (held != null && !held.until().isBefore(wanted.until())) {
            return held;
        }
        var lock = held == null ? wanted : new ObjectLock(held.mode(), wanted.until());
        var retention = new Retention(
                RetentionMode.valueOf(lock.mode().name()), lock.until().atZone(ZoneOffset.UTC));
        calls.repeatable(
                "lock",
                name,
                () -> client.setObjectRetention(SetObjectRetentionArgs.builder()
                        .bucket(bucket)
                        .object(name)
                        .versionId(found.versionId())
                        .config(retention)
                        .build()));
        return lock;
    }

    private static @Nullable ObjectLock held(StatObjectResponse found) {
        var mode = found.lockMode();
        var until = found.lockRetainUntilDate();
        return mode == null || until == null
                ? null
                : new ObjectLock(ObjectLock.Mode.valueOf(mode.name()), until.toInstant());
    }
}
