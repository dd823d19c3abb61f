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
 * @param link of one that was asked for as INCREMENTAL it is settled when it starts
 */
public record BackupHead(
        UUID id,
        String workspace,
        BackupKind kind,
        String description,
        boolean safety,
        Instant requestedAt,
        String packing,
        Link link) {

    /** One that needs no other. */
    public BackupHead(
            UUID id,
            String workspace,
            BackupKind kind,
            String description,
            boolean safety,
            Instant requestedAt,
            String packing) {
        this(id, workspace, kind, description, safety, requestedAt, packing, Link.NONE);
    }

    /** The changes since another one. */
    public BackupHead upon(BackupHead base) {
        return linked(BackupKind.INCREMENTAL, new Link(base.id(), base.link().position() + 1, null));
    }

    /** @param why there is nothing that it could be built upon */
    public BackupHead full(String why) {
        return linked(BackupKind.FULL, new Link(null, 0, why));
    }

    /** The same, where what it is built upon is not known here. */
    public BackupHead unlinked() {
        return linked(kind, Link.NONE);
    }

    private BackupHead linked(BackupKind settled, Link settledLink) {
        return new BackupHead(id, workspace, settled, description, safety, requestedAt, packing, settledLink);
    }

    public boolean encrypted() {
        return packing.endsWith(".age");
    }

    public ObjectNames objectNames() {
        return ObjectNames.of(workspace, kind, requestedAt, id, packing);
    }

    public BackupMetadata metadata(int files) {
        return new BackupMetadata(
                BackupMetadata.FORMAT_VERSION, id, workspace, kind, requestedAt, description, files, safety);
    }
}
