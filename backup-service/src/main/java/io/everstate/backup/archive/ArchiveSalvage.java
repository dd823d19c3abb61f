package io.everstate.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.everstate.backup.archive.ArchiveVerifier.Receiver;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packing;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/**
 * Finds wanted files in what is left of a damaged archive. Headers are looked for at each record, since after a gap nobody knows where the next one
 * is, and only those of names that the manifest has are believed. A file counts when its content has the manifest's check sum. Belongs to one thread.
 */
public final class ArchiveSalvage {
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int MOST_DIGITS = 10;

    private final Map<String, Entry> known;
    private final Set<String> wanted;
    private final Receiver receiver;
    private final Set<String> found = new HashSet<>();
    private final Set<String> tried = new HashSet<>();

    /**
     * @param wanted names of files
     * @param receiver is offered each of them once; what it takes counts only when it is among what was found
     */
    public ArchiveSalvage(Manifest manifest, Set<String> wanted, Receiver receiver) {
        this.known = manifest.entries().stream()
                .filter(entry -> entry.heldBy() == null)
                .collect(toMap(Entry::name, Function.identity()));
        this.wanted = wanted;
        this.receiver = receiver;
    }

    /**
     * @param names of wanted files that are whole
     * @param archiveWhole whether the archive itself is what was written
     */
    public record Salvaged(Set<String> names, boolean archiveWhole) {}

    /**
     * @throws NoKeyException when no key here opens it
     * @throws IOException when the receiver cannot take it
     */
    public Salvaged read(InputStream stored, Packing packing, Manifest.Archive expected) throws IOException {
        var digests = new Digests();
        try (var input = new DigestingInputStream(stored, digests)) {
            try (var pieces = packing.salvage(new Unclosable(input))) {
                read(new Records(pieces));
            }
            input.transferTo(OutputStream.nullOutputStream());
        }
        var sums = digests.sums();
        var whole = sums.bytes() == expected.bytes() && sums.sha256().equals(expected.sha256());
        return new Salvaged(Set.copyOf(found), whole);
    }

    private void read(Records records) throws IOException {
        Map<String, String> extended = Map.of();
        var gaps = 0;
        for (byte @Nullable [] record; (record = records.next()) != null; ) {
            if (records.gaps() != gaps) {
                gaps = records.gaps();
                extended = Map.of();
            }
            var header = header(record);
            if (header == null) {
                continue;
            }
            if (header.isPaxHeader()) {
                extended = extended(header, records);
                continue;
            }
            var name = extended.getOrDefault("path", header.getName());
            var size = size(extended, header);
            extended = Map.of();
            entry(name, size, records);
        }
    }

    private static @Nullable TarArchiveEntry header(byte[] record) {
        try {
            return TarUtils.verifyCheckSum(record) ? new TarArchiveEntry(record.clone()) : null;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return null; // the middle of a file
        }
    }

    private static long size(Map<String, String> extended, TarArchiveEntry header) {
        try {
            var size = extended.get("size");
            return size == null ? header.getSize() : Long.parseLong(size);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** What is no entry of the manifest is looked through record by record: it may be the middle of a file. */
    private void entry(String name, long size, Records records) throws IOException {
        var entry = known.get(name);
        if (entry == null || entry.type() != EntryType.FILE || entry.size() != size) {
            return;
        }
        if (!wanted.contains(name) || !tried.add(name)) {
            copy(size, records, OutputStream.nullOutputStream(), Digests.digest("SHA-256"));
            return;
        }
        var digest = Digests.digest("SHA-256");
        boolean all;
        try (var target = new BufferedOutputStream(receiver.begin(entry), 1 << 16)) {
            all = copy(size, records, target, digest);
        }
        if (all && HexFormat.of().formatHex(digest.digest()).equals(Objects.requireNonNull(entry.sha256()))) {
            found.add(name);
        }
    }

    /** @return whether all of it was there; a record behind a gap is left for who looks for headers */
    private static boolean copy(long size, Records records, OutputStream target, MessageDigest digest)
            throws IOException {
        var gaps = records.gaps();
        for (var left = size; left > 0; left -= Records.SIZE) {
            var record = records.next();
            if (record == null) {
                return false;
            }
            if (records.gaps() != gaps) {
                records.back();
                return false;
            }
            var count = (int) Math.min(Records.SIZE, left);
            target.write(record, 0, count);
            digest.update(record, 0, count);
        }
        return true;
    }

    /** The records of a PAX header: {@code length key=value} and a line feed each, the length in bytes and of all of it. */
    private static Map<String, String> extended(TarArchiveEntry header, Records records) throws IOException {
        if (header.getSize() > LONGEST_HEADER) {
            return Map.of();
        }
        var content = new ByteArrayOutputStream();
        if (!copy(header.getSize(), records, content, Digests.digest("SHA-256"))) {
            return Map.of();
        }
        var values = new HashMap<String, String>();
        var bytes = content.toByteArray();
        for (var at = 0; at < bytes.length; ) {
            var digits = 0;
            while (at + digits < bytes.length && digits < MOST_DIGITS && Character.isDigit(bytes[at + digits])) {
                digits++;
            }
            var length =
                    digits == 0 || digits == MOST_DIGITS ? 0 : Integer.parseInt(new String(bytes, at, digits, UTF_8));
            if (length <= digits + 1 || length > bytes.length - at) {
                return Map.of();
            }
            var record = new String(bytes, at + digits + 1, length - digits - 2, UTF_8);
            var equals = record.indexOf('=');
            if (equals > 0) {
                values.put(record.substring(0, equals), record.substring(equals + 1));
            }
            at += length;
        }
        return values;
    }
}
