package io.everstate.backup.testing;

import io.everstate.platform.testkit.TestPlatform;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A bucket in the hands of somebody who can write to it. */
public final class StoredBackups {
    private final String bucket;
    private final MinioClient client;

    public StoredBackups(String bucket) {
        var access = TestPlatform.shared().storage();
        this(bucket, access.endpoint(), access.accessKey(), access.secretKey());
    }

    /** A bucket of another storage. */
    public StoredBackups(String bucket, URI endpoint, String accessKey, String secretKey) {
        this.bucket = bucket;
        this.client = MinioClient.builder()
                .endpoint(endpoint.toString())
                .region("us-east-1")
                .credentials(accessKey, secretKey)
                .build();
    }

    public void make() throws MinioException {
        client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    }

    /** The names of those that hold the text. */
    public List<String> names(String part) {
        var names = new ArrayList<String>();
        try {
            for (var item : client.listObjects(
                    ListObjectsArgs.builder().bucket(bucket).recursive(true).build())) {
                if (item.get().objectName().contains(part)) {
                    names.add(item.get().objectName());
                }
            }
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }

    public byte[] read(String name) {
        try (var content = client.getObject(
                GetObjectArgs.builder().bucket(bucket).object(name).build())) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Over what is there. */
    public void write(String name, byte[] content) {
        try {
            client.putObject(PutObjectArgs.builder().bucket(bucket).object(name).stream(
                            new ByteArrayInputStream(content), (long) content.length, -1L)
                    .build());
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    public void delete(String name) {
        try {
            client.removeObject(
                    RemoveObjectArgs.builder().bucket(bucket).object(name).build());
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }
}
