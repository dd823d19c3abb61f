package io.everstate.backup.testing;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.ManifestFile;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.packing.SamplePackings;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;

/** Puts a COMPLETED backup into bucket and catalogue that the service never took, as a safety backup, which no other is built upon: somebody who can write to both could. */
public record PlantedBackup(DataSource database, ArchiveStore store) {

    /**
     * @param archive as the manifest says, or not
     *
     * @return the backup's id
     */
    public UUID plant(String workspace, byte[] archive, Manifest manifest) {
        var id = TimeOrderedUuid.at(Instant.now());
        var said = Objects.requireNonNull(manifest.archive());
        var packing = said.object().substring(said.object().indexOf(".tar"));
        var name = "backups/%s/planted-%s/archive%s".formatted(workspace, id, packing);
        var stored = new Manifest.Archive(name, said.bytes(), said.sha256(), said.md5());
        var manifestName = name.replace("archive" + packing, "manifest.json");
        try (var upload = store.begin(name)) {
            upload.write(archive);
            upload.complete();
            var sum = new ManifestFile(store, SamplePackings.GZIP.of(manifestName), Samples.JSON)
                    .write(manifestName, manifest.stored(stored));
            insert(id, workspace, stored, manifestName, sum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return id;
    }

    private void insert(UUID id, String workspace, Manifest.Archive stored, String manifestName, String sum) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("""
                        insert into backup (id, workspace, kind, status, description, safety, requested_by, requested_at, files,
                            object_name, manifest_name, archive_bytes, sha256, md5, manifest_sha256, verified_at, finished_at)
                        values (?, ?, 'FULL', 'COMPLETED', 'planted', true, 'somebody', ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            var now = Timestamp.from(Instant.now());
            statement.setObject(1, id);
            statement.setString(2, workspace);
            statement.setTimestamp(3, now);
            statement.setString(4, stored.object());
            statement.setString(5, manifestName);
            statement.setLong(6, stored.bytes());
            statement.setString(7, stored.sha256());
            statement.setString(8, stored.md5());
            statement.setString(9, sum);
            statement.setTimestamp(10, now);
            statement.setTimestamp(11, now);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
