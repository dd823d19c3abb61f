package io.everstate.backup.archive;

import io.everstate.backup.packing.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The names that an INCREMENTAL takes away: at most those of a million files, and of the directories around them. */
final class DeletedDeserializer extends BoundedListDeserializer<String> {
    static final int MOST = 1 << 22;

    private static final long MOST_CHARACTERS = 1L << 28;

    DeletedDeserializer() {
        super(String.class, "deleted names", MOST, MOST_CHARACTERS);
    }

    @Override
    long characters(String name) {
        return name.length();
    }

    @Override
    public void write(String name, DataOutput target) throws IOException {
        Texts.write(name, target);
    }

    @Override
    public String read(DataInput source) throws IOException {
        return Texts.read(source);
    }
}
