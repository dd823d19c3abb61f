package io.everstate.backup.archive;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Manifest.Note;
import io.everstate.backup.packing.PackedList;
import io.everstate.backup.packing.Packing;
import io.everstate.contracts.wire.JsonFormat;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Writes one archive: metadata, entries, check sums, manifest, as a packed tar, in memory that does not grow but by
 * what {@link Entries} takes of each file. The same calls give the same bytes. One that was not finished is given up when it is closed, and writes nothing more.
 */
public final class ArchiveWriter implements Closeable {
    /** A tar is written in records of 512 bytes, and each would be a call of a native compressor. */
    private static final int BUFFER = 1 << 16;

    private final JsonFormat json;
    private final BackupMetadata metadata;
    private final Digests digests = new Digests();
    private final DigestingOutputStream packed;
    private final OutputStream packer;
    private final BufferedOutputStream buffer;
    private final TarArchiveOutputStream tar;
    private final PackedList.Builder<Entry> entries = Entries.builder();
    private final List<Note> notes = new ArrayList<>();
    private boolean ended;

    /** @param target stays open; closing it is the caller's part */
    public ArchiveWriter(OutputStream target, Packing packing, BackupMetadata metadata, JsonFormat json)
            throws IOException {
        this.json = json;
        this.metadata = metadata;
        this.packed = new DigestingOutputStream(target, digests);
        this.packer = packing.pack(new BufferedOutputStream(packed, BUFFER));
        this.buffer = new BufferedOutputStream(packer, BUFFER);
        this.tar = new TarArchiveOutputStream(buffer, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        document(BackupMetadata.NAME, document -> json.write(metadata, document));
    }

    /** @param content exactly {@code entry.size()} bytes with the check sum that the entry names */
    public void file(Entry entry, InputStream content) throws IOException {
        var header = new TarArchiveEntry(entry.name(), TarConstants.LF_NORMAL);
        header.setSize(entry.size());
        put(header, entry);
        content.transferTo(tar);
        tar.closeArchiveEntry();
    }

    public void directory(Entry entry) throws IOException {
        put(new TarArchiveEntry(entry.name() + "/", TarConstants.LF_DIR), entry);
        tar.closeArchiveEntry();
    }

    public void link(Entry entry) throws IOException {
        var header = new TarArchiveEntry(entry.name(), TarConstants.LF_SYMLINK);
        header.setLinkName(String.valueOf(entry.linkTarget()));
        put(header, entry);
        tar.closeArchiveEntry();
    }

    /** A file whose content the archive of another backup holds. */
    public void held(Entry entry) {
        entries.add(entry);
    }

    public void note(String path, String what) {
        notes.add(new Note(path, what));
    }

    private void put(TarArchiveEntry header, Entry entry) throws IOException {
        header.setMode(entry.modeBits());
        header.setUserId(entry.uid());
        header.setGroupId(entry.gid());
        header.setUserName(entry.owner());
        header.setGroupName(entry.group());
        header.setLastModifiedTime(FileTime.from(entry.modifiedAt()));
        tar.putArchiveEntry(header);
        entries.add(entry);
    }

    /**
     * Ends the archive.
     *
     * @return the manifest to store beside it
     */
    public Manifest finish(String objectName) throws IOException {
        return finish(objectName, null);
    }

    /** @param base of an INCREMENTAL; null of others */
    public Manifest finish(String objectName, @Nullable Base base) throws IOException {
        var all = entries.build();
        var chain = base == null ? null : base.chain(all);
        var within = new Manifest(BackupMetadata.FORMAT_VERSION, metadata, null, all, notes, chain);
        if (chain != null) {
            document(Manifest.DELETED_NAME, DeletedFile.of(chain));
        }
        document(Manifest.SUMS_NAME, SumsFile.of(all));
        document(Manifest.NAME, document -> json.write(within, document));
        end();
        var sums = digests.sums();
        return within.stored(new Manifest.Archive(objectName, sums.bytes(), sums.sha256(), sums.md5()));
    }

    /** Closes what packs by itself: closed by the tar, it would have what the storage throws wrapped as a failure of the workspace. */
    private void end() throws IOException {
        tar.finish();
        buffer.flush();
        packer.close();
        ended = true;
    }

    @Override
    public void close() throws IOException {
        packed.sever();
        if (!ended) {
            tar.close();
        }
    }

    private void document(String name, Document document) throws IOException {
        var header = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
        header.setSize(document.size());
        header.setMode(0600);
        header.setLastModifiedTime(FileTime.from(metadata.time()));
        tar.putArchiveEntry(header);
        document.writeTo(tar);
        tar.closeArchiveEntry();
    }

    /** An entry that Everstate adds: a file of the service, of this moment. */
    public static Entry added(String name, byte[] content, Instant at) {
        return added(name, content.length, Digests.sha256(content), at);
    }

    public static Entry added(String name, long size, String sha256, Instant at) {
        return new Entry(
                Manifest.EVERSTATE + name,
                EntryType.FILE,
                size,
                sha256,
                null,
                "600",
                0,
                0,
                "root",
                "root",
                at,
                at,
                null,
                null,
                null);
    }
}
