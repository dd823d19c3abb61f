package io.everstate.backup.packing;

import java.io.InputStream;
import java.io.OutputStream;

/** Bytes as they are: manifests of before they were compressed. */
final class Uncompressed implements Compressor {
    @Override
    public String suffix() {
        return "";
    }

    @Override
    public OutputStream compress(OutputStream target) {
        return target;
    }

    @Override
    public InputStream decompress(InputStream compressed) {
        return compressed;
    }

    @Override
    public Pieces salvage(InputStream compressed) {
        return new StreamPieces(compressed);
    }
}
