package io.everstate.backup.archive;

import static io.everstate.backup.archive.Samples.JSON;
import static io.everstate.backup.packing.SamplePackings.GZIP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.archive.Manifest.EntryType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tar headers that no writer of ours makes, each in an archive with a manifest and check sums to match: one file without bytes. */
@Tag("BD9")
class HostileArchiveTest {
    private static final String NAME = "workspace/a";
    private static final int BLOCK = 512;

    private final Manifest manifest = new Manifest(
            1,
            Samples.metadata(),
            null,
            List.of(Samples.entry("a", EntryType.FILE, new byte[0], null)),
            List.of(),
            null);
    private Document sums = SumsFile.of(manifest.entries());
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    @Test
    void theHandMadeHeadersAreNotWhatIsRefused() throws IOException {
        header(NAME, '0', 0);

        assertThatCode(this::verify).doesNotThrowAnyException();
    }

    /** The library says of the first three that they are files. */
    @ParameterizedTest(name = "refuses {1}")
    @CsvSource({
        "3,a device",
        "4,a device",
        "6,a pipe",
        "1,a hard link to /etc/passwd",
        "2,not the FILE that the manifest says",
        "5,workspace/a/ where the manifest has workspace/a",
        "S,not the FILE that the manifest says",
        "Z,not the FILE that the manifest says"
    })
    void refusesByNameWhatIsNoFile(char type, String what) throws IOException {
        header(NAME, type, 0);

        assertThatThrownBy(this::verify)
                .isInstanceOf(ArchiveCorruptException.class)
                .hasMessageContaining(NAME)
                .hasMessageContaining(what);
    }

    /** CVE-2025-62518: readers that believe the one size or the other see different entries. */
    @Test
    void refusesAnEntryThatIsSmuggledBetweenTwoSizes() throws IOException {
        pax("size=0");
        header(NAME, '0', BLOCK);
        header("workspace/smuggled", '0', 0);

        assertThatThrownBy(this::verify)
                .isInstanceOf(ArchiveCorruptException.class)
                .hasMessageContaining("workspace/smuggled");
    }

    /** CVE-2023-42503: hours of work for a few bytes. */
    @Test
    void endsAtATimeThatIsNoTime() throws IOException {
        pax("mtime=9e9999999");
        header(NAME, '0', 0);

        assertThatCode(this::verifyOrRefuse).doesNotThrowAnyException();
    }

    @Test
    void refusesASparseFile() throws IOException {
        pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=" + NAME, "GNU.sparse.realsize=0");
        header(NAME, '0', BLOCK);
        tar.write(Arrays.copyOf("0\n".getBytes(UTF_8), BLOCK));

        assertThatThrownBy(this::verify).isInstanceOf(ArchiveCorruptException.class);
    }

    @Test
    void refusesAHeaderOfGigabytesBeforeItIsKept() throws IOException {
        header("pax", 'x', 3L << 30);
        for (var block = 0; block < 4096; block++) {
            tar.write(new byte[BLOCK]);
        }

        assertThatThrownBy(this::verify).isInstanceOf(ArchiveCorruptException.class);
    }

    /** Which {@code sha256sum} would believe. */
    @Test
    void refusesADocumentThatSaysSomethingElse() throws IOException {
        header(NAME, '0', 0);
        var said = sums;
        sums = target -> {
            var bytes = new ByteArrayOutputStream();
            said.writeTo(bytes);
            target.write(bytes.toString(UTF_8).replace('e', 'f').getBytes(UTF_8));
        };

        assertThatThrownBy(this::verify)
                .isInstanceOf(ArchiveCorruptException.class)
                .hasMessageContaining("SHA256SUMS in the archive is not what the manifest says");
    }

    @Test
    void refusesADocumentThatGoesOn() throws IOException {
        header(NAME, '0', 0);
        var said = sums;
        sums = target -> {
            said.writeTo(target);
            target.write("0  /etc/passwd\n".getBytes(UTF_8));
        };

        assertThatThrownBy(this::verify)
                .isInstanceOf(ArchiveCorruptException.class)
                .hasMessageContaining("SHA256SUMS in the archive is not what the manifest says");
    }

    private void verifyOrRefuse() throws IOException {
        try {
            verify();
        } catch (ArchiveCorruptException e) {
            // as good: what counts is that it ends
        }
    }

    private void verify() throws IOException {
        var hostile = tar.toByteArray();
        tar.reset();
        document(BackupMetadata.NAME, target -> JSON.write(manifest.backup(), target));
        tar.write(hostile);
        document(Manifest.SUMS_NAME, sums);
        document(Manifest.NAME, target -> JSON.write(manifest, target));
        tar.write(new byte[2 * BLOCK]);
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            tar.writeTo(gzip);
        }
        var digests = new Digests();
        digests.update(packed.toByteArray(), 0, packed.size());
        var sums = digests.sums();
        var said = manifest.stored(new Manifest.Archive("a.tar.gz", sums.bytes(), sums.sha256(), sums.md5()));
        new ArchiveVerifier(GZIP.chosen(), JSON)
                .verify(new ByteArrayInputStream(packed.toByteArray()), said, ArchiveVerifier.NOWHERE);
    }

    private void document(String name, Document document) throws IOException {
        var content = new ByteArrayOutputStream();
        document.writeTo(content);
        header(name, '0', content.size());
        tar.write(Arrays.copyOf(content.toByteArray(), (content.size() + BLOCK - 1) / BLOCK * BLOCK));
    }

    private void pax(String... records) throws IOException {
        var content = new StringBuilder();
        for (var record : records) {
            var length = record.length() + 2;
            while (String.valueOf(length).length() + record.length() + 2 != length) {
                length++;
            }
            content.append(length).append(' ').append(record).append('\n');
        }
        var bytes = content.toString().getBytes(UTF_8);
        header("pax", 'x', bytes.length);
        tar.write(Arrays.copyOf(bytes, (bytes.length + BLOCK - 1) / BLOCK * BLOCK));
    }

    /** As POSIX.1-1988 has it. */
    private void header(String name, char type, long size) throws IOException {
        var header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, "%011o\0".formatted(size));
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, type == '1' || type == '2' ? "/etc/passwd" : "");
        put(header, 257, "ustar\00000");
        var sum = 0;
        for (var value : header) {
            sum += value & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        tar.write(header);
    }

    private static void put(byte[] header, int offset, String text) {
        var bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
