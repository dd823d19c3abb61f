package io.everstate.backup.packing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("BD8")
class PackingTest {
    @TempDir
    Path directory;

    /** Lengths around a member's, in pieces of any size. */
    @ParameterizedTest(name = "{0} of {1} bytes")
    @MethodSource("lengths")
    void unpacksWhatItPacked(Compression compression, int length) throws IOException {
        var packing = SamplePackings.of(compression, 2).chosen();
        var content = content(length);

        var packed = packed(packing, content);

        assertThat(unpacked(packing, packed)).isEqualTo(content);
    }

    static Stream<Arguments> lengths() {
        var member = GzipMembersOutputStream.MEMBER;
        return Arrays.stream(Compression.values())
                .flatMap(compression -> IntStream.of(0, 1, member - 1, member, member + 1, 9 * member + 17)
                        .mapToObj(length -> Arguments.of(compression, length)));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void isReadByTheStandardTool(Compression compression) throws IOException, InterruptedException {
        var packing = SamplePackings.of(compression, 2).chosen();
        var content = content(3 * GzipMembersOutputStream.MEMBER + 5);
        var file = Files.write(directory.resolve("packed." + packing.name()), packed(packing, content));
        var tool = compression == Compression.GZIP ? "gzip" : "zstd";

        var process = new ProcessBuilder(tool, "-dc", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var unpacked = process.getInputStream().readAllBytes();

        assertThat(process.waitFor()).isZero();
        assertThat(unpacked).isEqualTo(content);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void givesTheSameBytesHoweverManyThreadsThereAre(Compression compression) throws IOException {
        var content = content(5 * GzipMembersOutputStream.MEMBER);

        var one = packed(SamplePackings.of(compression, 1).chosen(), content);
        var three = packed(SamplePackings.of(compression, 3).chosen(), content);

        assertThat(three).isEqualTo(one);
    }

    @ParameterizedTest(name = "{0} cut after {1} of 100")
    @MethodSource("cuts")
    void refusesWhatWasCut(Compression compression, int percent) throws IOException {
        var packing = SamplePackings.of(compression, 2).chosen();
        var packed = packed(packing, content(2 * GzipMembersOutputStream.MEMBER + 9));
        var cut = Arrays.copyOf(packed, packed.length * percent / 100);

        assertThatThrownBy(() -> unpacked(packing, cut)).isInstanceOf(IOException.class);
    }

    static Stream<Arguments> cuts() {
        return Arrays.stream(Compression.values())
                .flatMap(compression ->
                        IntStream.of(1, 30, 60, 99).mapToObj(percent -> Arguments.of(compression, percent)));
    }

    /** A frame whose header asks for a window of 2 GiB. */
    @Test
    void refusesAFrameThatWantsTooMuchMemory() {
        var frame = new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x00, (byte) (21 << 3), 0x01, 0x00, 0x00};

        assertThatThrownBy(() -> unpacked(SamplePackings.ZSTD.chosen(), frame))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("memory");
    }

    /** Nothing else waits than what its threads can be busy with, and a few behind them for the one that writes. */
    @Test
    void holdsNoMoreThanAFewMembers() throws IOException {
        var written = new AtomicLong();
        var target = new OutputStream() {
            @Override
            public void write(int b) {
                written.incrementAndGet();
            }

            @Override
            public void write(byte[] source, int offset, int length) {
                written.addAndGet(length);
            }
        };
        var waiting = 4L + ThreadedOutputStream.AHEAD + 1;
        var noise = new byte[GzipMembersOutputStream.MEMBER];
        new Random(1).nextBytes(noise);

        try (var stream = SamplePackings.GZIP.chosen().pack(target)) {
            for (var member = 1; member <= 20; member++) {
                stream.write(noise);
                assertThat(written.get())
                        .as("after %d members", member)
                        .isGreaterThanOrEqualTo((member - waiting) * noise.length);
            }
        }
    }

    @Test
    void saysWhyTheTargetTookNothing() {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };

        assertThatThrownBy(() -> {
                    try (var stream = SamplePackings.GZIP.chosen().pack(full)) {
                        stream.write(content(6 * GzipMembersOutputStream.MEMBER));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    /** Each of them would hold what waited, for as long as the service runs. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void endsItsThreadWhenTheTargetFailed(Compression compression) {
        var writer = new AtomicReference<@Nullable Thread>();
        var away = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                writer.set(Thread.currentThread());
                throw new IOException("the storage is away");
            }
        };

        assertThatThrownBy(() -> {
                    try (var stream = SamplePackings.of(compression, 1).chosen().pack(away)) {
                        stream.write(content(6 * GzipMembersOutputStream.MEMBER));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("the storage is away");
        assertThat(requireNonNull(writer.get()).isAlive()).isFalse();
    }

    /** By which its thread has closed the target. */
    @Test
    void endsItsThreadWhenItCannotBegin() {
        var closed = new AtomicBoolean();
        var target = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        var unable = (Compressor) Proxy.newProxyInstance(
                Compressor.class.getClassLoader(), new Class<?>[] {Compressor.class}, (_, _, _) -> {
                    throw new IOException("no library");
                });
        var packing = new Packing(unable, SamplePackings.GZIP.chosen().encryption());

        assertThatThrownBy(() -> packing.pack(target)).hasMessage("no library");
        assertThat(closed).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"archive.tar.gz", "archive.tar.zst"})
    void isKnownByTheNameOfWhatItPacked(String name) throws IOException {
        assertThat(name).endsWith("." + SamplePackings.GZIP.of(name).name());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"manifest.json.gz, GZIP", "manifest.json.zst, ZSTD"})
    void unpacksAManifestByItsName(String name, Compression compression) throws IOException {
        var content = content(5);

        var packed = packed(SamplePackings.of(compression, 1).chosen(), content);

        assertThat(unpacked(SamplePackings.GZIP.of(name), packed)).isEqualTo(content);
    }

    /** As they were before. */
    @Test
    void takesAManifestThatIsNotCompressedAsItIs() throws IOException {
        var content = content(5);

        assertThat(unpacked(SamplePackings.GZIP.of("manifest.json"), content)).isEqualTo(content);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"archive.tar", "archive.json.bz2", "archive.tar.xz", "archivetar.gz", ""})
    void refusesANameThatItDoesNotKnow(String name) {
        assertThatThrownBy(() -> SamplePackings.GZIP.of(name))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not known here");
    }

    /** Text that compresses, and noise that does not. */
    private static byte[] content(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        var line = "2026-11-21T10:20:30Z BTC/USDT filled 0.001 at 91234.5\n".getBytes(UTF_8);
        for (var at = 0; at < length / 2; at++) {
            bytes[at] = line[at % line.length];
        }
        return bytes;
    }

    private static byte[] packed(Packing packing, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var stream = packing.pack(bytes)) {
            var random = new Random(7);
            for (var at = 0; at < content.length; ) {
                var count = Math.min(content.length - at, 1 + random.nextInt(300_000));
                stream.write(content, at, count);
                at += count;
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] unpacked(Packing packing, byte[] packed) throws IOException {
        try (InputStream stream = packing.unpack(new ByteArrayInputStream(packed))) {
            return stream.readAllBytes();
        }
    }
}
