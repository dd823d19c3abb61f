package io.everstate.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.packing.Packing;
import io.everstate.backup.packing.SamplePackings;
import io.everstate.backup.platform.JacksonFormat;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.InspectionView.Condition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Archives for tests. */
public final class Samples {
    public static final JacksonFormat JSON = new JacksonFormat();
    static final Instant TIME = Instant.parse("2026-11-21T10:20:30.123456Z");
    static final UUID ID = UUID.fromString("019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11");

    private Samples() {}

    /** A stored archive and its manifest. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Stored(byte[] archive, Manifest manifest) {}

    @FunctionalInterface
    public interface Content {
        void write(ArchiveWriter writer) throws IOException;
    }

    public static Stored archive(Content content) {
        return archive(SamplePackings.GZIP.chosen(), content);
    }

    static Stored archive(Packing packing, Content content) {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new ArchiveWriter(bytes, packing, metadata(), JSON)) {
            content.write(writer);
            var manifest = writer.finish("backups/default/archive." + packing.name());
            return new Stored(bytes.toByteArray(), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BackupMetadata metadata() {
        return new BackupMetadata(1, ID, "default", BackupKind.FULL, TIME, "Manual backup", 3, null);
    }

    /** A file, one in a directory, a link: each kind of entry. */
    static Stored everyKind() {
        return everyKind(SamplePackings.GZIP.chosen());
    }

    static Stored everyKind(Packing packing) {
        return archive(packing, writer -> {
            writer.directory(entry("configs", EntryType.DIRECTORY, new byte[0], null));
            file(writer, "configs/alert_config.json", "{\"telegram\":false}");
            file(writer, "logs/línea\nzwei.log", "text\n");
            writer.link(entry("current.log", EntryType.LINK, new byte[0], "logs/línea\nzwei.log"));
            writer.note("workspace/gone.log", "it was deleted while the backup ran");
        });
    }

    public static void file(ArchiveWriter writer, String path, String content) throws IOException {
        var bytes = content.getBytes(UTF_8);
        writer.file(entry(path, EntryType.FILE, bytes, null), new ByteArrayInputStream(bytes));
    }

    public static void link(ArchiveWriter writer, String path, String target) throws IOException {
        writer.link(entry(path, EntryType.LINK, new byte[0], target));
    }

    public static void directory(ArchiveWriter writer, String path) throws IOException {
        writer.directory(entry(path, EntryType.DIRECTORY, new byte[0], null));
    }

    public static Entry entry(String path, EntryType type, byte[] content, @Nullable String target) {
        var file = type == EntryType.FILE;
        return new Entry(
                Manifest.WORKSPACE + path,
                type,
                content.length,
                file ? Digests.sha256(content) : null,
                target,
                type == EntryType.DIRECTORY ? "755" : "640",
                0,
                0,
                "root",
                "root",
                TIME,
                TIME,
                null,
                path.equals("configs/alert_config.json") ? Condition.OK : null,
                null);
    }

    /** A file that is said to have that many bytes; no archive holds it. */
    public static Entry sized(String path, long size) {
        return new Entry(
                Manifest.WORKSPACE + path,
                EntryType.FILE,
                size,
                Digests.sha256(new byte[0]),
                null,
                "640",
                0,
                0,
                "root",
                "root",
                TIME,
                TIME,
                null,
                null,
                null);
    }
}
