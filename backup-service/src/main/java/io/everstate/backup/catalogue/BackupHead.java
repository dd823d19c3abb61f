package io.everstate.backup.catalogue;

import io.everstate.backup.archive.BackupMetadata;
import io.everstate.backup.archive.ObjectNames;
import io.everstate.contracts.backup.BackupKind;
import java.time.Instant;
import java.util.UUID;

/**
 * What of a backup is settled when it is asked for.
 *
 * @param safety whether it was taken to have a way back from a restore
 * @param packing what its archive is packed with: {@code tar.gz}
 */
public record BackupHead(
        UUID id,
        String workspace,
        BackupKind kind,
        String description,
        boolean safety,
        Instant requestedAt,
        String packing) {

    public ObjectNames objectNames() {
        return ObjectNames.of(workspace, kind, requestedAt, id, packing);
    }

    public BackupMetadata metadata(int files) {
        return new BackupMetadata(BackupMetadata.FORMAT_VERSION, id, workspace, kind, requestedAt, description, files);
    }
}
