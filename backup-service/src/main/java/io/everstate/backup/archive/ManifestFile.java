package io.everstate.backup.archive;

import io.everstate.backup.store.ArchiveStore;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The manifest as an object beside its archive. */
public final class ManifestFile {
    private final ArchiveStore store;
    private final JsonFormat json;

    public ManifestFile(ArchiveStore store, JsonFormat json) {
        this.store = store;
        this.json = json;
    }

    /** @return SHA-256 of the stored bytes */
    public String write(String name, Manifest manifest) {
        var bytes = json.write(manifest);
        try (var upload = store.begin(name)) {
            upload.write(bytes);
            upload.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Digests.sha256(bytes);
    }

    /** @throws ArchiveCorruptException when the stored bytes are not those with that sum */
    public Manifest read(String name, String sha256) {
        try (var input = store.open(name)) {
            var bytes = input.readAllBytes();
            if (!Digests.sha256(bytes).equals(sha256)) {
                throw new ArchiveCorruptException("the manifest beside the archive is not the one that was written");
            }
            return json.read(bytes, Manifest.class);
        } catch (UnreadableRecordException e) {
            throw new ArchiveCorruptException("the manifest beside the archive cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
