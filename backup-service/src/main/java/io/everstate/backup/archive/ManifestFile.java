package io.everstate.backup.archive;

import io.everstate.backup.packing.Encryption;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The manifest as an object beside its archive, encrypted as that is: names and check sums tell what is in it. */
public final class ManifestFile {
    private final ArchiveStore store;
    private final Encryption encryption;
    private final JsonFormat json;

    public ManifestFile(ArchiveStore store, Encryption encryption, JsonFormat json) {
        this.store = store;
        this.encryption = encryption;
        this.json = json;
    }

    /** @return SHA-256 of the stored bytes */
    public String write(String name, Manifest manifest) {
        try (var upload = store.begin(name)) {
            var bytes = encrypted(json.write(manifest));
            upload.write(bytes);
            upload.complete();
            return Digests.sha256(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] encrypted(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var target = encryption.encrypt(bytes)) {
            target.write(plain);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws ArchiveCorruptException when the stored bytes are not those with that sum
     * @throws NoKeyException when no key here opens it
     */
    public Manifest read(String name, String sha256) throws NoKeyException {
        try (var input = store.open(name)) {
            var bytes = input.readAllBytes();
            if (!Digests.sha256(bytes).equals(sha256)) {
                throw new ArchiveCorruptException("the manifest beside the archive is not the one that was written");
            }
            return json.read(decrypted(bytes), Manifest.class);
        } catch (NoKeyException e) {
            throw e;
        } catch (UnreadableRecordException e) {
            throw new ArchiveCorruptException("the manifest beside the archive cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The manifest and the SHA-256 of its stored bytes.
     *
     * @param sha256 in hexadecimal
     */
    public record Found(Manifest manifest, String sha256) {}

    /**
     * What lies there, where no catalogue knows what was written: it proves nothing but that it can be read.
     *
     * @throws ArchiveCorruptException when it is no manifest
     * @throws NoKeyException when no key here opens it
     */
    public Found find(String name) throws NoKeyException {
        try (var input = store.open(name)) {
            var bytes = input.readAllBytes();
            return new Found(json.read(decrypted(bytes), Manifest.class), Digests.sha256(bytes));
        } catch (NoKeyException e) {
            throw e;
        } catch (UnreadableRecordException | IOException e) {
            throw new ArchiveCorruptException("the manifest beside the archive cannot be read", e);
        }
    }

    private byte[] decrypted(byte[] stored) throws IOException {
        try (var plain = encryption.decrypt(new ByteArrayInputStream(stored))) {
            return plain.readAllBytes();
        }
    }
}
