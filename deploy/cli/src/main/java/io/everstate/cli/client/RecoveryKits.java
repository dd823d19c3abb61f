package io.everstate.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.backup.RecoveryKitKept;
import io.everstate.contracts.backup.RecoveryKitStatusView;
import io.everstate.contracts.backup.RecoveryKitView;

/** The recovery kit of backup-service. */
public final class RecoveryKits {

    private static final String PATH = "/api/v1/recovery-kit";

    private final Services services;

    public RecoveryKits(Services services) {
        this.services = services;
    }

    public RecoveryKitView make() {
        return service().get(PATH, new TypeReference<>() {});
    }

    public RecoveryKitStatusView status() {
        return service().get(PATH + "/status", new TypeReference<>() {});
    }

    /** @param place where it is, for people */
    public RecoveryKitStatusView kept(RecoveryKitView kit, String place) {
        RecoveryKitKept kept = new RecoveryKitKept(kit.madeAt(), kit.backups(), kit.sha256(), place);
        return service().post(PATH + "/kept", kept, new TypeReference<>() {});
    }

    private ServiceClient service() {
        return services.of(ServiceName.BACKUP);
    }
}
