package io.everstate.backup.packing;

import java.io.InputStream;
import java.io.OutputStream;

/** No encryption. */
final class PlainText implements Encryption {
    @Override
    public String suffix() {
        return "";
    }

    @Override
    public OutputStream encrypt(OutputStream target) {
        return target;
    }

    @Override
    public InputStream decrypt(InputStream encrypted) {
        return encrypted;
    }
}
