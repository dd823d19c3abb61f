package io.everstate.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.sqlite.CopyMethod;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("BD9")
class SelectionTest {
    private static final Manifest MANIFEST = Samples.archive(writer -> {
                Samples.file(writer, "copied.sqlite", "alone");
                writer.file(byBytes("data/bot.sqlite"), new ByteArrayInputStream(new byte[0]));
                Samples.file(writer, "data/bot.sqlite-wal", "log");
                Samples.file(writer, "notes", "text");
                Samples.file(writer, "notes-wal", "text");
            })
            .manifest();

    private static Entry byBytes(String path) {
        var plain = Samples.entry(path, EntryType.FILE, new byte[0], null);
        return new Entry(
                plain.name(),
                plain.type(),
                plain.size(),
                plain.sha256(),
                null,
                plain.mode(),
                0,
                0,
                "root",
                "root",
                plain.modifiedAt(),
                plain.changedAt(),
                null,
                null,
                CopyMethod.BYTES);
    }

    private static List<String> selected(String... paths) {
        return Selection.of(MANIFEST, List.of(paths)).stream().map(Entry::path).toList();
    }

    @Test
    void keepsADatabaseThatWasCopiedByteByByteTogetherWithItsLog() {
        assertThat(selected("data/bot.sqlite")).containsExactly("data/bot.sqlite", "data/bot.sqlite-wal");
        assertThat(selected("data/bot.sqlite-wal")).containsExactly("data/bot.sqlite", "data/bot.sqlite-wal");
    }

    @Test
    void takesNoOtherFileForOneOfADatabase() {
        assertThat(selected("notes")).containsExactly("notes");
        assertThat(selected("notes-wal")).containsExactly("notes-wal");
        assertThat(selected("copied.sqlite")).containsExactly("copied.sqlite");
    }
}
