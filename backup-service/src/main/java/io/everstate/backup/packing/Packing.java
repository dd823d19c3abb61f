package io.everstate.backup.packing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How an archive and the manifest beside it are packed: compressed, then encrypted. Thread-safe. */
public final class Packing {
    private final Compressor compressor;
    private final Encryption encryption;

    Packing(Compressor compressor, Encryption encryption) {
        this.compressor = compressor;
        this.encryption = encryption;
    }

    /** What an archive's name ends with: {@code tar.gz}. A person knows by it which tools to take, and so does {@link Packings}. */
    public String name() {
        return "tar." + suffix();
    }

    private String suffix() {
        return compressor.suffix() + encryption.suffix();
    }

    /** Whether an archive or a manifest that is packed so is called so. */
    boolean names(String object) {
        return object.endsWith("." + name()) || object.endsWith(".json." + suffix());
    }

    public Encryption encryption() {
        return encryption;
    }

    /**
     * @return ends what it writes, and closes the target, when it is closed; before that no byte need have arrived. The target is written to by another
     *     thread until then, which has ended when the close returns, whatever it throws
     */
    public OutputStream pack(OutputStream target) throws IOException {
        return new PackingOutputStream(compressor, new ThreadedOutputStream(encryption.encrypt(target)));
    }

    /**
     * What can still be had of a damaged one. Of an encrypted one that is what lies before the damage.
     *
     * @throws NoKeyException when no key here opens it
     */
    public Pieces salvage(InputStream packed) throws NoKeyException {
        try {
            return compressor.salvage(new UntilDamage(encryption.decrypt(packed)));
        } catch (NoKeyException e) {
            throw e;
        } catch (IOException e) {
            return new StreamPieces(InputStream.nullInputStream()); // the very beginning is damaged
        }
    }

    /**
     * @return throws {@link IOException} at bytes that are no such packing
     *
     * @throws NoKeyException when no key here opens it
     * @throws IOException when not even the beginning is one
     */
    public InputStream unpack(InputStream packed) throws IOException {
        return compressor.decompress(encryption.decrypt(packed));
    }
}
