package io.everstate.backup.archive;

import io.everstate.backup.archive.Manifest.Note;
import io.everstate.backup.packing.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The notes of a manifest: at most one for each of a million files, and some. */
class NotesDeserializer extends BoundedListDeserializer<Note> {
    static final int MOST = 1 << 20;

    private static final long MOST_CHARACTERS = 1L << 28;

    NotesDeserializer() {
        this(MOST, MOST_CHARACTERS);
    }

    NotesDeserializer(int most, long mostCharacters) {
        super(Note.class, "notes", most, mostCharacters);
    }

    @Override
    long characters(Note note) {
        return (long) note.path().length() + note.what().length();
    }

    @Override
    public void write(Note note, DataOutput target) throws IOException {
        Texts.write(note.path(), target);
        Texts.write(note.what(), target);
    }

    @Override
    public Note read(DataInput source) throws IOException {
        return new Note(Texts.read(source), Texts.read(source));
    }
}
