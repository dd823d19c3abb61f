package io.everstate.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.backup.BucketComparisonView;
import io.everstate.contracts.backup.StorageView;
import java.util.UUID;

/** The storage of backup-service: what is in the bucket, and what differs from the catalogue. */
public final class Storage {

    private static final String COMPARISONS = "/api/v1/bucket-comparisons";

    private final ServiceClient service;

    public Storage(Services services) {
        this.service = services.of(ServiceName.BACKUP);
    }

    public StorageView now() {
        return service.get("/api/v1/storage", new TypeReference<>() {});
    }

    /** Returns when it began; {@link #comparison} tells how far it is. */
    public BucketComparisonView compare() {
        return service.post(COMPARISONS, null, new TypeReference<>() {});
    }

    public BucketComparisonView comparison(UUID id) {
        return service.get(COMPARISONS + "/" + id, new TypeReference<>() {});
    }

    /** Returns when the removal of what that comparison calls ORPHAN began; {@link #comparison} tells how far it is. */
    public BucketComparisonView sweep(UUID comparison) {
        return service.post(COMPARISONS + "/" + comparison + "/sweep", null, new TypeReference<>() {});
    }
}
