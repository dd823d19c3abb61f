package io.everstate.recovery.peer.rest;

import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.RestoreRequest;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.recovery.peer.Archives;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@Singleton
final class RestArchives implements Archives {
    private static final int MAX_PAGES = 10;

    private final BackupServiceApi api;

    RestArchives(@RestClient BackupServiceApi api) {
        this.api = api;
    }

    @Override
    public List<String> workspaces() {
        return call(api::workspaces).items().stream()
                .map(BackupServiceApi.Workspace::name)
                .toList();
    }

    @Override
    public InspectionView inspection(String workspace) {
        return call(() -> api.inspection(workspace));
    }

    @Override
    public List<BackupView> backups(String workspace) {
        return call(() -> Pages.all(MAX_PAGES, after -> api.backups(workspace, Pages.SIZE, after)));
    }

    @Override
    public UUID requestRestore(UUID backup, List<String> paths, String key) {
        return call(() -> {
            try (var response = api.requestRestore(key, new RestoreRequest(backup, paths))) {
                var path = response.getLocation().getPath();
                return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
            }
        });
    }

    @Override
    public RestoreView restore(UUID id) {
        return call(() -> api.restore(id));
    }

    @Override
    public List<RestoreView> restores() {
        return call(() -> Pages.all(MAX_PAGES, after -> api.restores(Pages.SIZE, after)));
    }

    private static <T> T call(Supplier<T> call) {
        return PeerCall.to("backup-service", call);
    }
}
