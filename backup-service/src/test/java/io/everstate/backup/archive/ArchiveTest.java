package io.everstate.backup.archive;

import static io.everstate.backup.archive.Samples.JSON;
import static io.everstate.backup.packing.SamplePackings.GZIP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Samples.Stored;
import io.everstate.backup.packing.Compression;
import io.everstate.backup.packing.SamplePackings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("BD7")
class ArchiveTest {
    @ParameterizedTest(name = "seed {0}: what was written is what verifies and what is given on")
    @MethodSource("seeds")
    void verifiesWhatWasWritten(int seed) throws IOException {
        var random = new Random(seed);
        var written = new TreeMap<String, String>();
        var stored = Samples.archive(writer -> {
            for (var i = 0; i < random.nextInt(20); i++) {
                var path = "d" + random.nextInt(3) + "/" + "x".repeat(random.nextInt(300)) + i;
                var content = "é" + random.nextLong() + "\n".repeat(random.nextInt(2_000));
                written.put(path, content);
                Samples.file(writer, path, content);
            }
        });

        var received = new TreeMap<String, ByteArrayOutputStream>();
        new ArchiveVerifier(GZIP.chosen(), JSON)
                .verify(new ByteArrayInputStream(stored.archive()), stored.manifest(), entry -> {
                    var target = new ByteArrayOutputStream();
                    received.put(entry.path(), target);
                    return target;
                });

        assertThat(received.keySet()).isEqualTo(written.keySet());
        received.forEach((path, bytes) -> assertThat(bytes.toString(UTF_8)).isEqualTo(written.get(path)));
    }

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    @Test
    @Tag("BD8")
    void holdsTheMetadataFirstAndTheManifestLast() throws IOException {
        var names = new ArrayList<String>();
        var metadata = new ByteArrayOutputStream();
        try (var tar = tar(Samples.everyKind().archive())) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                names.add(entry.getName());
                if (names.size() == 1) {
                    tar.transferTo(metadata);
                }
            }
        }

        assertThat(names)
                .containsExactly(
                        "backup_metadata.json",
                        "workspace/configs/",
                        "workspace/configs/alert_config.json",
                        "workspace/logs/línea\nzwei.log",
                        "workspace/current.log",
                        "SHA256SUMS",
                        "manifest.json");
        assertThat(metadata.toString(UTF_8))
                .isEqualTo(
                        "{\"formatVersion\":1,\"id\":\"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11\",\"workspace\":\"default\",\"kind\":\"FULL\",\"time\":\"2026-11-21T10:20:30.123456Z\",\"description\":\"Manual"
                                + " backup\",\"files\":3}");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void givesTheSameBytesForTheSameContent(Compression compression) {
        assertThat(everyKind(compression).archive())
                .isEqualTo(everyKind(compression).archive());
    }

    private static Stored everyKind(Compression compression) {
        return Samples.everyKind(SamplePackings.of(compression, 2).chosen());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void writesNothingMoreWhenItIsGivenUp(Compression compression) throws IOException {
        var target = new ByteArrayOutputStream();
        var packing = SamplePackings.of(compression, 2).chosen();

        try (var writer = new ArchiveWriter(target, packing, Samples.metadata(), JSON)) {
            Samples.file(writer, "large", "x".repeat(100_000));
            target.reset();
        }

        assertThat(target.size()).isZero();
    }

    /** Few bytes reach the storage at the end alone; what it says then must not hide behind what closing says after it. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void throwsWhatTheTargetThrowsAtTheEnd(Compression compression) {
        var failure = new IllegalStateException("the storage is away");
        var target = new OutputStream() {
            @Override
            public void write(int b) {
                throw failure;
            }
        };
        var packing = SamplePackings.of(compression, 2).chosen();

        assertThatThrownBy(() -> {
                    try (var writer = new ArchiveWriter(target, packing, Samples.metadata(), JSON)) {
                        writer.finish("name");
                    }
                })
                .isSameAs(failure);
    }

    @Test
    void leavesTheTargetOpen() {
        var closed = new ArrayList<String>();
        var target = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.add("closed");
            }
        };

        writeEmpty(target);

        assertThat(closed).isEmpty();
    }

    private static void writeEmpty(ByteArrayOutputStream target) {
        try {
            new ArchiveWriter(target, GZIP.chosen(), Samples.metadata(), JSON).finish("name");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void findsEveryFlippedByte(Compression compression) {
        var stored = everyKind(compression);
        for (var position = 0; position < stored.archive().length; position++) {
            var damaged = stored.archive().clone();
            damaged[position] ^= 0x20;

            assertCorrupt(damaged, stored.manifest());
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void findsEveryCut(Compression compression) {
        var stored = everyKind(compression);
        for (var length = 0; length < stored.archive().length; length++) {
            assertCorrupt(Arrays.copyOf(stored.archive(), length), stored.manifest());
        }
    }

    @Test
    void findsBytesAfterTheEnd() {
        var stored = Samples.everyKind();

        assertCorrupt(Arrays.copyOf(stored.archive(), stored.archive().length + 1), stored.manifest());
    }

    /** Each is forged with the right sums of the archive as a whole: what is left to notice it is the comparison of the entries. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "one more",
                "one less",
                "other content",
                "other name",
                "hard link",
                "device",
                "pipe",
                "link elsewhere",
                "endless header"
            })
    void findsAnArchiveThatIsNotTheManifests(String forgery) throws IOException {
        var stored = Samples.everyKind();
        var forged = forge(stored.archive(), forgery);
        var sums = new Digests();
        sums.update(forged, 0, forged.length);
        var of = sums.sums();
        var manifest =
                stored.manifest().stored(new Manifest.Archive("archive.tar.gz", of.bytes(), of.sha256(), of.md5()));

        assertCorrupt(forged, manifest);
    }

    @Test
    void theForgingItselfIsNotWhatIsFound() throws IOException {
        var stored = Samples.everyKind();
        var copied = forge(stored.archive(), "nothing");
        var sums = new Digests();
        sums.update(copied, 0, copied.length);
        var of = sums.sums();
        var manifest =
                stored.manifest().stored(new Manifest.Archive("archive.tar.gz", of.bytes(), of.sha256(), of.md5()));

        new ArchiveVerifier(GZIP.chosen(), JSON)
                .verify(new ByteArrayInputStream(copied), manifest, ArchiveVerifier.NOWHERE);

        assertThat(manifest.files()).isEqualTo(3);
    }

    private static byte[] forge(byte[] archive, String forgery) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var source = tar(archive);
                var target = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
            target.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            target.setAddPaxHeadersForNonAsciiNames(true);
            for (TarArchiveEntry entry; (entry = source.getNextEntry()) != null; ) {
                var content = source.readAllBytes();
                for (var forged : forge(entry, forgery)) {
                    target.putArchiveEntry(forged);
                    if (forged.isFile() && !forged.isLink() && forged.getSize() > 0) {
                        target.write(forgery.equals("other content") ? new byte[(int) forged.getSize()] : content);
                    }
                    target.closeArchiveEntry();
                }
            }
        }
        return bytes.toByteArray();
    }

    private static List<TarArchiveEntry> forge(TarArchiveEntry entry, String forgery) {
        if (!entry.getName().endsWith("alert_config.json")) {
            if (forgery.equals("link elsewhere") && entry.isSymbolicLink()) {
                entry.setLinkName("/etc/passwd");
            }
            return List.of(entry);
        }
        return switch (forgery) {
            case "one more" -> List.of(entry, new TarArchiveEntry("workspace/more", TarConstants.LF_DIR));
            case "one less" -> List.of();
            case "other name" -> {
                entry.setName("workspace/../../etc/cron.d/evil");
                yield List.of(entry);
            }
            case "hard link" -> {
                var link = new TarArchiveEntry(entry.getName(), TarConstants.LF_LINK);
                link.setLinkName("/etc/passwd");
                yield List.of(link);
            }
            case "device" -> List.of(new TarArchiveEntry(entry.getName(), TarConstants.LF_CHR));
            case "pipe" -> List.of(new TarArchiveEntry(entry.getName(), TarConstants.LF_FIFO));
            case "endless header" -> {
                entry.addPaxHeader("COMMENT.x", "x".repeat(2 << 20));
                yield List.of(entry);
            }
            default -> List.of(entry);
        };
    }

    /** A full disk must not mark a good backup as corrupted. */
    @ParameterizedTest(name = "which fails at its {0}")
    @ValueSource(strings = {"begin", "write", "close"})
    void saysNothingAboutTheArchiveWhenTheReceiverFails(String moment) {
        var stored = Samples.everyKind();

        assertThatThrownBy(() -> new ArchiveVerifier(GZIP.chosen(), JSON)
                        .verify(new ByteArrayInputStream(stored.archive()), stored.manifest(), entry -> full(moment)))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    private static OutputStream full(String moment) throws IOException {
        if (moment.equals("begin")) {
            throw new IOException("disk full");
        }
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (moment.equals("write")) {
                    throw new IOException("disk full");
                }
            }

            @Override
            public void close() throws IOException {
                throw new IOException("disk full");
            }
        };
    }

    @Test
    void countsLinksAndFilesButNoDirectories() {
        assertThat(Samples.everyKind().manifest().entries())
                .extracting(Manifest.Entry::type)
                .containsExactly(EntryType.DIRECTORY, EntryType.FILE, EntryType.FILE, EntryType.LINK);
        assertThat(Samples.everyKind().manifest().files()).isEqualTo(3);
    }

    private static TarArchiveInputStream tar(byte[] archive) throws IOException {
        return new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)), "UTF-8");
    }

    private static void assertCorrupt(byte[] archive, Manifest manifest) {
        assertThatThrownBy(() -> new ArchiveVerifier(
                                GZIP.of(Objects.requireNonNull(manifest.archive())
                                        .object()),
                                JSON)
                        .verify(new ByteArrayInputStream(archive), manifest, ArchiveVerifier.NOWHERE))
                .isInstanceOf(ArchiveCorruptException.class);
    }
}
