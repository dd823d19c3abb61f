package io.everstate.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.backup.CatalogueRebuildView;
import io.everstate.contracts.backup.CatalogueView;
import java.util.UUID;

/** The catalogue of backups in backup-service. */
public final class Catalogue {

    private static final String REBUILDS = "/api/v1/catalogue-rebuilds";

    private final ServiceClient service;

    public Catalogue(Services services) {
        this.service = services.of(ServiceName.BACKUP);
    }

    public CatalogueView now() {
        return service.get("/api/v1/catalogue", new TypeReference<>() {});
    }

    /** Returns when it began; {@link #rebuild} tells how far it is. */
    public CatalogueRebuildView rebuild() {
        return service.post(REBUILDS, null, new TypeReference<>() {});
    }

    public CatalogueRebuildView rebuild(UUID id) {
        return service.get(REBUILDS + "/" + id, new TypeReference<>() {});
    }
}
