package io.everstate.backup.archive;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.packing.PackedList;
import io.everstate.backup.packing.Texts;
import io.everstate.backup.sqlite.CopyMethod;
import io.everstate.contracts.backup.InspectionView.Condition;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the entries of a manifest are held in memory: about 70 bytes a file, half of them its check sum. What is stored of them is JSON. */
final class Entries implements PackedList.Codec<Entry> {
    private Entries() {}

    static PackedList.Builder<Entry> builder() {
        return new PackedList.Builder<>(new Entries());
    }

    @Override
    public void write(Entry entry, DataOutput target) throws IOException {
        Texts.write(entry.name(), target);
        Texts.write(entry.type().name(), target);
        target.writeLong(entry.size());
        text(entry.sha256(), target);
        text(entry.linkTarget(), target);
        Texts.write(entry.mode(), target);
        target.writeLong(entry.uid());
        target.writeLong(entry.gid());
        Texts.write(entry.owner(), target);
        Texts.write(entry.group(), target);
        time(entry.modifiedAt(), target);
        time(entry.changedAt(), target);
        text(entry.changedWhileRead(), target);
        text(entry.condition(), target);
        text(entry.database(), target);
        text(entry.heldBy(), target);
    }

    @Override
    public Entry read(DataInput source) throws IOException {
        return new Entry(
                Texts.read(source),
                EntryType.valueOf(Texts.read(source)),
                source.readLong(),
                text(source),
                text(source),
                Texts.read(source),
                source.readLong(),
                source.readLong(),
                Texts.read(source),
                Texts.read(source),
                time(source),
                time(source),
                of(text(source), Boolean::valueOf),
                of(text(source), Condition::valueOf),
                of(text(source), CopyMethod::valueOf),
                of(text(source), UUID::fromString));
    }

    private static void text(@Nullable Object value, DataOutput target) throws IOException {
        target.writeBoolean(value != null);
        if (value != null) {
            Texts.write(value.toString(), target);
        }
    }

    private static @Nullable String text(DataInput source) throws IOException {
        return source.readBoolean() ? Texts.read(source) : null;
    }

    private static void time(Instant time, DataOutput target) throws IOException {
        target.writeLong(time.getEpochSecond());
        target.writeInt(time.getNano());
    }

    private static Instant time(DataInput source) throws IOException {
        return Instant.ofEpochSecond(source.readLong(), source.readInt());
    }

    private static <T> @Nullable T of(@Nullable String text, Function<String, T> value) {
        return text == null ? null : value.apply(text);
    }
}
