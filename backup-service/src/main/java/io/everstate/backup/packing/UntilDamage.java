package io.everstate.backup.packing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends where what it reads cannot be read any more. */
final class UntilDamage extends FilterInputStream {
    private boolean ended;

    UntilDamage(InputStream source) {
        super(source);
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (ended) {
            return -1;
        }
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            ended = true; // the damage
            return -1;
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
