package io.everstate.backup.testing;

import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A bucket of a {@link MinioServer} in the hands of somebody who can write to it. */
public final class VersionedBucket {
    private final String bucket;
    private final MinioClient client;

    public VersionedBucket(URI endpoint, String bucket) {
        this.bucket = bucket;
        this.client = MinioClient.builder()
                .endpoint(endpoint.toString())
                .region("us-east-1")
                .credentials(MinioServer.USER, MinioServer.PASSWORD)
                .build();
    }

    /** With versions and object lock. */
    public void makeWithLock() throws MinioException {
        client.makeBucket(
                MakeBucketArgs.builder().bucket(bucket).objectLock(true).build());
    }

    public void write(String name, String content) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            client.putObject(PutObjectArgs.builder().bucket(bucket).object(name).stream(
                            new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                    .build());
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As who knows nothing of versions does. */
    public void delete(String name) {
        remove(RemoveObjectArgs.builder().bucket(bucket).object(name).build());
    }

    public void delete(String name, String version) {
        remove(RemoveObjectArgs.builder()
                .bucket(bucket)
                .object(name)
                .versionId(version)
                .build());
    }

    private void remove(RemoveObjectArgs what) {
        try {
            client.removeObject(what);
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The ids of all versions, markers too, the newest first. */
    public List<String> versions(String name) {
        var found = new ArrayList<String>();
        try {
            for (var item : client.listObjects(ListObjectsArgs.builder()
                    .bucket(bucket)
                    .prefix(name)
                    .includeVersions(true)
                    .build())) {
                found.add(item.get().versionId());
            }
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }
}
