package io.everstate.backup.packing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Texts of any length among the bytes of a {@link PackedList}. */
public final class Texts {
    private Texts() {}

    public static void write(String text, DataOutput target) throws IOException {
        var bytes = text.getBytes(UTF_8);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    public static String read(DataInput source) throws IOException {
        var bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new String(bytes, UTF_8);
    }
}
