package io.everstate.backup.store;

import io.everstate.backup.store.BucketCapabilities.Support;
import io.everstate.backup.store.MinioUpload.UploadTarget;
import io.minio.AbortMultipartUploadArgs;
import io.minio.BucketExistsArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.ListObjectsV2Args;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.messages.Item;
import io.minio.messages.VersioningConfiguration;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * An S3 bucket through MinIO's SDK. Uploads are always in parts, also small ones: an upload that its owner lost can then be
 * cancelled by whoever sweeps up, and never completes behind his back. The SDK's own parallel upload is not used, since it
 * completes objects that miss parts.
 */
final class MinioArchiveStore implements ArchiveStore, AutoCloseable {
    private static final int PAGE = 1000;

    private final MinioAsyncClient client;
    private final UploadListing listing;
    private final StorageCalls calls;
    private final String bucket;
    private final int partSize;
    private final ExpectedArchives expected;
    private volatile boolean bucketKnown;

    MinioArchiveStore(StorageConfiguration configuration, StorageCallMetrics metrics, ExpectedArchives expected) {
        this.expected = expected;
        this.bucket = configuration.bucket();
        this.partSize = Math.toIntExact(configuration.partSize().asLongValue());
        this.calls = new StorageCalls(configuration, metrics);
        this.client = MinioAsyncClient.builder()
                .endpoint(configuration.endpoint().toString())
                .region(configuration.region())
                .credentials(configuration.accessKey(), configuration.secretKey())
                .httpClient(http(configuration), true)
                .build();
        this.listing = new UploadListing(client);
    }

    private static OkHttpClient http(StorageConfiguration configuration) {
        return new OkHttpClient.Builder()
                .connectTimeout(configuration.connectTimeout())
                .readTimeout(configuration.callTimeout())
                .writeTimeout(configuration.callTimeout())
                .callTimeout(configuration.callTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .retryOnConnectionFailure(false)
                .build();
    }

    @Override
    public Upload begin(String name, long expectedBytes) {
        makeBucket();
        var id = calls.repeatable(
                "begin",
                name,
                () -> client.createMultipartUpload(CreateMultipartUploadArgs.builder()
                        .bucket(bucket)
                        .object(name)
                        .build()));
        var target = new UploadTarget(bucket, name, id.result().uploadId());
        var sizes =
                PartSizes.of(partSize, expectedBytes, Runtime.getRuntime().maxMemory());
        return new MinioUpload(client, calls, this, target, sizes);
    }

    @Override
    public Optional<StoredObject> find(String name) {
        try {
            var found = calls.repeatable(
                    "find",
                    name,
                    () -> client.statObject(
                            StatObjectArgs.builder().bucket(bucket).object(name).build()));
            return Optional.of(new StoredObject(name, found.size(), found.etag()));
        } catch (ObjectMissingException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(String name) {
        var object = find(name).orElseThrow(() -> missing(name));
        return new PiecewiseInputStream(object.bytes(), partSize, (offset, length) -> piece(object, offset, length));
    }

    /** A HEAD answers 404 for a missing bucket too, and that says nothing about the object. */
    private RuntimeException missing(String name) {
        return bucketExists() ? new ObjectMissingException(name) : notInTheStorage("");
    }

    private StoreUnavailableException notInTheStorage(String more) {
        return new StoreUnavailableException("the bucket " + bucket + " is not in the storage" + more, null);
    }

    /** One request with a deadline of its own; the entity tag refuses a piece of another object. */
    private byte[] piece(StoredObject object, long offset, int length) {
        try {
            return calls.repeatable(
                    "read",
                    object.name(),
                    () -> client.getObject(GetObjectArgs.builder()
                                    .bucket(bucket)
                                    .object(object.name())
                                    .offset(offset)
                                    .length((long) length)
                                    .matchETag(object.version())
                                    .build())
                            .thenApply(answer -> WholeAnswer.read(answer, length)));
        } catch (ObjectExistsException e) {
            throw ObjectMissingException.replaced(object.name());
        }
    }

    @Override
    public List<ListedObject> objects(String prefix, String after) {
        makeBucket();
        var answer = calls.repeatable(
                "list",
                prefix,
                () -> client.listObjectsV2(ListObjectsV2Args.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .startAfter(after)
                        .maxKeys(PAGE)
                        .build()));
        return answer.result().contents().stream()
                .map(MinioArchiveStore::listed)
                .toList();
    }

    private static ListedObject listed(Item item) {
        return new ListedObject(
                item.objectName(),
                item.size(),
                item.lastModified().toInstant(),
                Objects.toString(item.etag(), "").replace("\"", ""));
    }

    @Override
    public void delete(String name) {
        try {
            calls.repeatable("list the uploads to", name, () -> listing.uploadsTo(bucket, name))
                    .forEach(upload -> abort(name, upload));
            calls.repeatable(
                    "delete",
                    name,
                    () -> client.removeObject(RemoveObjectArgs.builder()
                            .bucket(bucket)
                            .object(name)
                            .build()));
        } catch (ObjectMissingException e) {
            return;
        }
    }

    private void abort(String name, String uploadId) {
        try {
            calls.repeatable(
                    "abort",
                    name,
                    () -> client.abortMultipartUpload(AbortMultipartUploadArgs.builder()
                            .bucket(bucket)
                            .object(name)
                            .uploadId(uploadId)
                            .build()));
        } catch (ObjectMissingException e) {
            return;
        }
    }

    @Override
    public BucketCapabilities capabilities() {
        makeBucket();
        return new BucketCapabilities(versioning(), objectLock());
    }

    private Support versioning() {
        return ask(() -> {
            var answer = calls.repeatable(
                    "tell the versioning of",
                    bucket,
                    () -> client.getBucketVersioning(
                            GetBucketVersioningArgs.builder().bucket(bucket).build()));
            return answer.status() == VersioningConfiguration.Status.ENABLED ? Support.ON : Support.OFF;
        });
    }

    private Support objectLock() {
        return ask(() -> {
            calls.repeatable(
                    "tell the object lock of",
                    bucket,
                    () -> client.getObjectLockConfiguration(GetObjectLockConfigurationArgs.builder()
                            .bucket(bucket)
                            .build()));
            return Support.ON;
        });
    }

    /** 501 is how S3Proxy says that it does not know the question, 404 how MinIO says that the lock is off. */
    private static Support ask(Supplier<Support> question) {
        try {
            return question.get();
        } catch (StoreUnavailableException e) {
            return switch (e.status()) {
                case 501 -> Support.UNSUPPORTED;
                case 404 -> Support.OFF;
                default -> throw e;
            };
        }
    }

    /**
     * Only where there never was one. A bucket that is gone while backups are known is a volume that is not mounted or somebody's mistake: an
     * empty one in its place would say of every backup that it does not exist. Asked once a process: an extra request for each backup would be
     * one more that can fail.
     */
    private void makeBucket() {
        if (bucketKnown) {
            return;
        }
        if (!bucketExists()) {
            if (expected.any()) {
                throw notInTheStorage(", and backups are known: it is not made by itself");
            }
            makeMissingBucket();
        }
        bucketKnown = true;
    }

    /** Another thread or replica may make it at the same moment, and the storage refuses the second one. */
    private void makeMissingBucket() {
        try {
            calls.repeatable(
                    "make the bucket",
                    bucket,
                    () -> client.makeBucket(
                            MakeBucketArgs.builder().bucket(bucket).build()));
        } catch (StoreUnavailableException e) {
            if (!bucketExists()) {
                throw e;
            }
        }
    }

    private boolean bucketExists() {
        return calls.repeatable(
                "find the bucket",
                bucket,
                () -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(bucket).build()));
    }

    @Override
    public void close() {
        client.close();
    }
}
