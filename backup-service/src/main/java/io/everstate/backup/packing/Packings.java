package io.everstate.backup.packing;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The packings that there are, and the one that new archives get. Its threads are shared by all archives, and end with it. */
public final class Packings implements AutoCloseable {
    private static final int FASTEST = 1;
    private static final Encryption PLAIN_TEXT = new PlainText();

    private final ExecutorService workers;
    private final List<Compressor> compressors;
    private final AgeKeys keys;
    private final Packing chosen;

    /** @throws IllegalArgumentException when a configured key is none */
    public Packings(PackingConfiguration configuration) {
        this.keys = AgeKeys.of(configuration);
        var threads = configuration.threads().orElse(Runtime.getRuntime().availableProcessors());
        this.workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("compress-", 0).factory());
        var level = configuration.level().orElse(FASTEST);
        var gzip = new GzipCompressor(level, workers, 2 * threads);
        var zstd = new ZstdCompressor(level, threads);
        this.compressors = List.of(gzip, zstd);
        var compressor = switch (configuration.compression()) {
            case GZIP -> gzip;
            case ZSTD -> zstd;
        };
        this.chosen = new Packing(compressor, keys.encrypts() ? keys.encryption() : PLAIN_TEXT);
    }

    /** Of a new archive. */
    public Packing chosen() {
        return chosen;
    }

    /** Whether there is a secret key here; whether it opens a certain archive shows when that is read. */
    public boolean decrypt() {
        return keys.decrypts();
    }

    /**
     * To unpack what an archive or a manifest of that name holds, one that is not compressed among them.
     *
     * @throws IOException when no packing here has such a name
     */
    public Packing of(String objectName) throws IOException {
        return named(objectName, keys.encryption());
    }

    /**
     * To pack the archive of that name, and to unpack that one again, whatever keys there are here.
     *
     * @throws IOException when no packing here has such a name, or it is to be encrypted and there is nobody to encrypt it for
     */
    public Packing toTake(String objectName) throws IOException {
        return named(objectName, encryptionToTake(objectName));
    }

    /** Of an object that is no tar: to read what is stored under that name, with the keys that are here. */
    public Encryption encryptionOf(String objectName) {
        return objectName.endsWith(AgeEncryption.SUFFIX) ? keys.encryption() : PLAIN_TEXT;
    }

    /**
     * To write the object of that name, and to read that one again, whatever keys there are here.
     *
     * @throws IOException when it is to be encrypted and there is nobody to encrypt it for
     */
    public Encryption encryptionToTake(String objectName) throws IOException {
        return objectName.endsWith(AgeEncryption.SUFFIX) ? keys.readableByItsTaker() : PLAIN_TEXT;
    }

    private Packing named(String objectName, Encryption age) throws IOException {
        for (var compressor : compressors) {
            for (var encryption : List.of(PLAIN_TEXT, age)) {
                var packing = new Packing(compressor, encryption);
                if (packing.names(objectName)) {
                    return packing;
                }
            }
        }
        for (var encryption : List.of(PLAIN_TEXT, age)) {
            if (objectName.endsWith(".json" + encryption.suffix())) {
                return new Packing(new Uncompressed(), encryption);
            }
        }
        throw new IOException("how %s is packed is not known here".formatted(objectName));
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
