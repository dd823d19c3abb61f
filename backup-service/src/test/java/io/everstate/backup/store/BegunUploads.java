package io.everstate.backup.store;

import io.minio.MinioAsyncClient;
import java.net.URI;
import java.util.List;

/** Uploads that were begun and not ended, as the storage lists them. */
public final class BegunUploads {
    private final String bucket;
    private final UploadListing listing;

    public BegunUploads(String bucket, URI endpoint, String accessKey, String secretKey) {
        this.bucket = bucket;
        this.listing = new UploadListing(MinioAsyncClient.builder()
                .endpoint(endpoint.toString())
                .region("us-east-1")
                .credentials(accessKey, secretKey)
                .build());
    }

    /** Their ids. */
    public List<String> to(String object) {
        return listing.uploadsTo(bucket, object).join();
    }
}
