package io.everstate.bot.storage;

import io.everstate.bot.storage.StorageCalls.Call;
import io.everstate.bot.storage.StorageCalls.MissingException;
import io.minio.BucketExistsArgs;
import io.minio.Checksum;
import io.minio.GetObjectArgs;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.messages.ListBucketResultV2;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An S3 bucket through MinIO's SDK. An object is one request, from a file: nothing of it is there before all of it is, and what a process
 * leaves behind that dies meanwhile is nothing. Its payload is not signed: some storages keep a signed one in memory as a whole before they
 * look at it. What came to be stored is for the caller to read back.
 */
final class MinioObjectStorage implements ObjectStorage, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MinioObjectStorage.class);
    private static final int BUFFER = 1 << 16;
    private static final int PAGE = 1000;

    private final MinioAsyncClient client;
    private final StorageCalls calls;
    private final StorageConfiguration configuration;
    private final String bucket;

    MinioObjectStorage(StorageConfiguration configuration) {
        this.configuration = configuration;
        this.bucket = configuration.bucket();
        this.calls = new StorageCalls(configuration.attempts());
        this.client = MinioAsyncClient.builder()
                .endpoint(given(configuration.endpoint().map(URI::toString), "endpoint"))
                .region(configuration.region())
                .credentials(
                        given(configuration.accessKey(), "access-key"), given(configuration.secretKey(), "secret-key"))
                .httpClient(http(configuration), true)
                .build();
    }

    private static String given(Optional<String> value, String name) {
        return value.orElseThrow(() -> new IllegalStateException(
                "everstate.storage." + name + " must be given where there is an everstate.storage.endpoint"));
    }

    private static OkHttpClient http(StorageConfiguration configuration) {
        return new OkHttpClient.Builder()
                .connectTimeout(configuration.connectTimeout())
                .readTimeout(configuration.callTimeout())
                .writeTimeout(configuration.callTimeout())
                .callTimeout(configuration.transferTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .retryOnConnectionFailure(false)
                .build();
    }

    @Override
    public boolean configured() {
        return true;
    }

    @Override
    public void put(String name, RandomAccessFile file, String sha256) throws IOException {
        var length = file.length();
        Call<Object> call = () -> client.putObject(PutObjectAPIArgs.builder()
                        .bucket(bucket)
                        .object(name)
                        .file(file, length)
                        .headers(headers(sha256))
                        .build())
                .thenApply(answer -> answer);
        if (!sent(file, call)) {
            makeBucket();
            if (!sent(file, call)) {
                throw noBucket(null);
            }
        }
    }

    /** With the hash given, the SDK does not read the file for one of its own. */
    private static Http.Headers headers(String sha256) {
        return new Http.Headers(
                Http.Headers.X_AMZ_CONTENT_SHA256,
                Checksum.UNSIGNED_PAYLOAD,
                Http.Headers.X_AMZ_CHECKSUM_SHA256,
                Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)));
    }

    /** False when there is no bucket. */
    private boolean sent(RandomAccessFile file, Call<Object> call) throws IOException {
        try {
            file.seek(0);
            calls.make("store an object", configuration.transferTimeout(), call);
            return true;
        } catch (MissingException e) {
            return false;
        }
    }

    /** Another replica may make it at the same moment, and the storage refuses the second one. */
    private void makeBucket() {
        try {
            calls.make(
                    "make the bucket",
                    configuration.callTimeout(),
                    () -> client.makeBucket(
                            MakeBucketArgs.builder().bucket(bucket).build()));
        } catch (MissingException e) {
            throw noBucket(e);
        } catch (StorageAwayException e) {
            if (!bucketExists()) {
                throw e;
            }
        }
    }

    private boolean bucketExists() {
        try {
            return calls.make(
                    "find the bucket",
                    configuration.callTimeout(),
                    () -> client.bucketExists(
                            BucketExistsArgs.builder().bucket(bucket).build()));
        } catch (MissingException e) {
            return false;
        }
    }

    private StorageAwayException noBucket(@Nullable Throwable cause) {
        return new StorageAwayException("the bucket " + bucket + " is not in the storage", cause);
    }

    @Override
    public Optional<StoredObject> find(String name) {
        try {
            var found = calls.make(
                    "find an object",
                    configuration.callTimeout(),
                    () -> client.statObject(
                            StatObjectArgs.builder().bucket(bucket).object(name).build()));
            return Optional.of(
                    new StoredObject(name, found.size(), found.lastModified().toInstant()));
        } catch (MissingException e) {
            return missing(e);
        }
    }

    /** A HEAD has no body that says what is missing, and a bucket that is not there says nothing about the object. */
    private Optional<StoredObject> missing(MissingException e) {
        if (e.bucket() || !bucketExists()) {
            throw noBucket(e);
        }
        return Optional.empty();
    }

    @Override
    public boolean read(String name, OutputStream target) throws IOException {
        try (var answer = open(name)) {
            copy(answer, target);
            return true;
        } catch (MissingException e) {
            return missing(e).isPresent();
        }
    }

    private InputStream open(String name) throws MissingException {
        return calls.make(
                "read an object",
                configuration.callTimeout(),
                () -> client.getObject(GetObjectArgs.builder()
                                .bucket(bucket)
                                .object(name)
                                .build())
                        .thenApply(answer -> (InputStream) answer));
    }

    /** What goes wrong at the storage's side is told from what goes wrong at the target's. */
    private static void copy(InputStream answer, OutputStream target) throws IOException {
        var buffer = new byte[BUFFER];
        for (var count = next(answer, buffer); count >= 0; count = next(answer, buffer)) {
            target.write(buffer, 0, count);
        }
    }

    private static int next(InputStream answer, byte[] buffer) {
        try {
            return answer.read(buffer);
        } catch (IOException e) {
            throw new StorageAwayException("the storage did not give an object to its end: " + e.getMessage(), e);
        }
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
        var next = "";
        do {
            var page = page(prefix, next);
            page.contents()
                    .forEach(found -> each.accept(new StoredObject(
                            found.objectName(),
                            found.size(),
                            found.lastModified().toInstant())));
            next = page.isTruncated() ? page.nextContinuationToken() : "";
        } while (!next.isEmpty());
    }

    /** Where the bucket is not there yet, there is nothing in it. */
    private ListBucketResultV2 page(String prefix, String from) {
        try {
            return calls.make(
                            "list its objects",
                            configuration.callTimeout(),
                            () -> client.listObjectsV2(ListObjectsV2Args.builder()
                                    .bucket(bucket)
                                    .prefix(prefix)
                                    .maxKeys(PAGE)
                                    .continuationToken(from.isEmpty() ? null : from)
                                    .build()))
                    .result();
        } catch (MissingException e) {
            LOG.debug("nothing was ever stored", e);
            return new ListBucketResultV2();
        }
    }

    @Override
    public void delete(String name) {
        try {
            calls.make(
                    "delete an object",
                    configuration.callTimeout(),
                    () -> client.removeObject(RemoveObjectArgs.builder()
                            .bucket(bucket)
                            .object(name)
                            .build()));
        } catch (MissingException e) {
            LOG.debugf(e, "%s was not there", name);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
