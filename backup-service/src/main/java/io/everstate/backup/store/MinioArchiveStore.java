package io.everstate.backup.store;

import io.everstate.backup.store.BucketCapabilities.Support;
import io.everstate.backup.store.MinioUpload.UploadTarget;
import io.minio.AbortMultipartUploadArgs;
import io.minio.BucketExistsArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsV2Args;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectArgs;
import io.minio.messages.Item;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An S3 bucket through MinIO's SDK. Uploads are always in parts, also small ones: an upload that its owner lost can then be
 * cancelled by whoever sweeps up, and never completes behind his back. The SDK's own parallel upload is not used, since it
 * completes objects that miss parts.
 */
final class MinioArchiveStore implements ArchiveStore, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MinioArchiveStore.class);
    private static final int PAGE = 1000;

    private final MinioAsyncClient client;
    private final UploadListing listing;
    private final StorageCalls calls;
    private final String bucket;
    private final int partSize;
    private final PartBuffers buffers;
    private final ExpectedArchives expected;
    private final WrittenVersions written;
    private final MinioVersions versions;
    private final BucketFeatures features;
    private volatile boolean bucketKnown;
    private volatile @Nullable BucketCapabilities known;

    MinioArchiveStore(
            StorageConfiguration configuration,
            StorageCallMetrics metrics,
            ExpectedArchives expected,
            WrittenVersions written) {
        this.expected = expected;
        this.written = written;
        this.bucket = configuration.bucket();
        this.partSize = Math.toIntExact(configuration.partSize().asLongValue());
        this.buffers = new PartBuffers(partSize);
        this.calls = new StorageCalls(configuration, metrics);
        this.client = MinioAsyncClient.builder()
                .endpoint(configuration.endpoint().toString())
                .region(configuration.region())
                .credentials(configuration.accessKey(), configuration.secretKey())
                .httpClient(http(configuration), true)
                .build();
        this.listing = new UploadListing(client);
        this.versions = new MinioVersions(client, calls, bucket);
        this.features = new BucketFeatures(client, calls, bucket);
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
        var sizes = PartSizes.of(partSize, expectedBytes, Runtime.getRuntime().maxMemory());
        return new MinioUpload(client, calls, this, target, sizes, buffers);
    }

    @Override
    public Optional<StoredObject> find(String name) {
        return find(name, written.of(name).orElse(null));
    }

    /** @param version the newest one when it is null */
    Optional<StoredObject> find(String name, @Nullable String version) {
        try {
            var found = versions.stat(name, version);
            return Optional.of(new StoredObject(name, found.size(), found.etag(), found.versionId()));
        } catch (ObjectMissingException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(String name) {
        var version = written.of(name);
        var object = find(name, version.orElse(null)).orElseThrow(() -> missing(name));
        if (version.isPresent()) {
            sayWhoHidesIt(object);
        }
        return new PiecewiseInputStream(object.bytes(), partSize, new PiecewiseInputStream.Pieces() {
            @Override
            public byte[] read(long offset, int length) {
                return piece(object, offset, length);
            }

            @Override
            public void consumed(byte[] piece) {
                buffers.giveBack(piece);
            }
        });
    }

    /** What was written is read whatever lies above it, but somebody wrote or deleted there. */
    private void sayWhoHidesIt(StoredObject object) {
        var newest = find(object.name(), null);
        if (newest.isEmpty()) {
            LOG.warnf("%s was deleted in the bucket; the version that was written is read", object.name());
        } else if (!Objects.equals(newest.get().id(), object.id())) {
            LOG.warnf("%s was written over in the bucket; the version that was written is read", object.name());
        }
    }

    /** A HEAD answers 404 for a missing bucket too, and that says nothing about the object. */
    private RuntimeException missing(String name) {
        return bucketExists() ? new ObjectMissingException(name) : notInTheStorage("");
    }

    private StoreUnavailableException notInTheStorage(String more) {
        return new StoreUnavailableException("the bucket " + bucket + " is not in the storage" + more, null);
    }

    /**
     * One request with a deadline of its own; the entity tag refuses a piece of another object. Each try has an array of its own: one that was given up may
     * still be written to.
     */
    private byte[] piece(StoredObject object, long offset, int length) {
        try {
            return calls.repeatable(
                    "read",
                    object.name(),
                    () -> client.getObject(request(object, offset, length))
                            .thenApply(answer -> WholeAnswer.read(answer, buffers.atLeast(length), length)));
        } catch (ObjectExistsException e) {
            throw ObjectMissingException.replaced(object.name());
        }
    }

    private GetObjectArgs request(StoredObject object, long offset, int length) {
        var piece = GetObjectArgs.builder()
                .bucket(bucket)
                .object(object.name())
                .offset(offset)
                .length((long) length)
                .matchETag(object.version());
        return object.id() == null
                ? piece.build()
                : piece.versionId(object.id()).build();
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
            endUploads(name);
            if (written.of(name).isPresent() || keepsVersions()) {
                versions.removeAll(name);
                written.forget(name);
            } else {
                remove(name);
            }
        } catch (ObjectMissingException e) {
            return;
        }
    }

    private void remove(String name) {
        calls.repeatable(
                "delete",
                name,
                () -> client.removeObject(
                        RemoveObjectArgs.builder().bucket(bucket).object(name).build()));
    }

    /** Remembers which version it is, where there are several. */
    void wrote(StoredObject object) {
        if (object.id() != null) {
            written.wrote(object.name(), object.id());
        }
    }

    @Override
    public void endUploads(String name) {
        calls.repeatable("list the uploads to", name, () -> listing.uploadsTo(bucket, name))
                .forEach(upload -> abort(name, upload));
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
        var found = features.ask();
        known = found;
        return found;
    }

    /** As of the last look; asked when there was none yet. */
    private boolean keepsVersions() {
        var last = known;
        return (last == null ? capabilities() : last).versioning() == Support.ON;
    }

    @Override
    public ObjectLock lock(String name, ObjectLock wanted) {
        return versions.lock(name, written.of(name).orElse(null), wanted);
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
