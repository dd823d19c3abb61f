package io.everstate.backup.store;

import io.everstate.backup.store.BucketCapabilities.Support;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.MinioAsyncClient;
import io.minio.messages.VersioningConfiguration;
import java.util.function.Supplier;

/** Asks the bucket what it does for its objects. */
final class BucketFeatures {
    private final MinioAsyncClient client;
    private final StorageCalls calls;
    private final String bucket;

    BucketFeatures(MinioAsyncClient client, StorageCalls calls, String bucket) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
    }

    BucketCapabilities ask() {
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
}
