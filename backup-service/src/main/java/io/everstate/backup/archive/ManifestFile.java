package io.everstate.backup.archive;

import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packing;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The manifest as an object beside its archive, packed as that is: names and check sums tell what is in it, and it may be long. Neither its JSON nor its
 * stored bytes are ever held as a whole. This is the only place where the stored bytes of a manifest are seen.
 */
public final class ManifestFile {
    private static final int BUFFER = 1 << 16;

    private final ArchiveStore store;
    private final Packing packing;
    private final JsonFormat json;

    public ManifestFile(ArchiveStore store, Packing packing, JsonFormat json) {
        this.store = store;
        this.packing = packing;
        this.json = json;
    }

    /** @return SHA-256 of the stored bytes */
    public String write(String name, Manifest manifest) {
        var digests = new Digests();
        try (var upload = store.begin(name)) {
            try (var packer =
                    packing.pack(new BufferedOutputStream(new DigestingOutputStream(upload, digests), BUFFER))) {
                json.write(manifest, packer);
            }
            upload.complete();
            return digests.sums().sha256();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the stored bytes twice: nothing of them is decrypted or unpacked before their sum is known, and what is unpacked is what that was of.
     *
     * @throws ArchiveCorruptException when the stored bytes are not those with that sum
     * @throws NoKeyException when no key here opens it
     */
    public Manifest read(String name, String sha256) throws NoKeyException {
        requireSame(sum(name), sha256);
        var stored = stored(name);
        requireSame(stored.sha256(), sha256);
        return stored.manifest();
    }

    private static void requireSame(String found, String written) {
        if (!found.equals(written)) {
            throw new ArchiveCorruptException("the manifest beside the archive is not the one that was written");
        }
    }

    private String sum(String name) {
        try (var bytes = new StoredBytes(store.open(name))) {
            return bytes.sha256();
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
        var stored = stored(name);
        return new Found(stored.manifest(), stored.sha256());
    }

    /** Whatever it is: the sum comes first, and counts for more than what became of unpacking it. */
    private Stored stored(String name) {
        try (var bytes = new StoredBytes(store.open(name))) {
            Manifest manifest = null;
            Exception failure = null;
            try {
                manifest = unpacked(bytes);
            } catch (UnreadableRecordException | IOException e) {
                failure = e;
            }
            return new Stored(bytes.sha256(), manifest, failure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Manifest unpacked(StoredBytes bytes) throws IOException {
        try (var source = packing.unpack(new BufferedInputStream(new Unclosable(bytes), BUFFER));
                var bounded = new RatioLimit(source, bytes)) {
            return json.read(bounded, Manifest.class);
        }
    }

    private record Stored(
            String sha256,
            @Nullable Manifest read,
            @Nullable Exception failure) {
        Manifest manifest() throws NoKeyException {
            if (failure instanceof NoKeyException e) {
                throw e;
            }
            if (read == null) {
                throw new ArchiveCorruptException("the manifest beside the archive cannot be read", failure);
            }
            return read;
        }
    }
}
