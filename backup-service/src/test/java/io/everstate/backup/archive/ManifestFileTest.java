package io.everstate.backup.archive;

import static io.everstate.backup.archive.Samples.JSON;
import static io.everstate.backup.packing.SamplePackings.GZIP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packing;
import io.everstate.backup.packing.SamplePackings;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.InMemoryArchiveStore;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("BD8")
class ManifestFileTest {
    private static final Manifest MANIFEST = Samples.archive(writer -> {
                for (var number = 0; number < 400; number++) {
                    Samples.file(writer, "logs/trades-%03d.log".formatted(number), "trade " + number);
                }
            })
            .manifest();

    private final InMemoryArchiveStore store = new InMemoryArchiveStore();

    private ManifestFile file(String name) throws IOException {
        return new ManifestFile(store, GZIP.of(name), JSON);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"manifest.json", "manifest.json.gz", "manifest.json.zst"})
    void readsWhatItWroteAndKnowsTheSumOfTheStoredBytes(String name) throws IOException {
        var sum = file(name).write(name, MANIFEST);

        assertThat(sum).isEqualTo(Digests.sha256(stored(name)));
        assertThat(file(name).read(name, sum)).isEqualTo(MANIFEST);
        assertThat(file(name).find(name)).isEqualTo(new ManifestFile.Found(MANIFEST, sum));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"manifest.json.gz", "manifest.json.zst"})
    void storesAFifthOfTheJson(String name) throws IOException {
        file(name).write(name, MANIFEST);

        assertThat(stored(name)).hasSizeLessThan(JSON.write(MANIFEST).length / 5);
    }

    /** Whatever unpacking it makes of that: the sum says that they are others. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"manifest.json", "manifest.json.gz", "manifest.json.zst"})
    void refusesOtherBytesThanThoseThatWereWritten(String name) throws IOException {
        var sum = file(name).write(name, Samples.everyKind().manifest());
        var written = stored(name);

        IntStream.range(0, written.length).forEach(position -> {
            var damaged = written.clone();
            damaged[position] ^= 0x20;
            put(name, damaged);

            assertThatThrownBy(() -> file(name).read(name, sum))
                    .isInstanceOf(ArchiveCorruptException.class)
                    .hasMessageContaining("is not the one that was written");
        });
    }

    @Test
    void unpacksNothingOfOtherBytesThanThoseThatWereWritten() throws IOException {
        var name = "manifest.json";
        file(name).write(name, MANIFEST);
        var never = new ManifestFile(store, GZIP.of(name), nothingIsUnpacked());

        assertThatThrownBy(() -> never.read(name, "0".repeat(64))).isInstanceOf(ArchiveCorruptException.class);
    }

    private static JsonFormat nothingIsUnpacked() {
        return (JsonFormat) Proxy.newProxyInstance(
                JsonFormat.class.getClassLoader(), new Class<?>[] {JsonFormat.class}, (_, _, _) -> {
                    throw new AssertionError("it is unpacked");
                });
    }

    /** Whoever writes to the bucket may do so in between. */
    @Test
    void refusesOtherBytesThanThoseOfWhichItKnowsTheSum() throws IOException {
        var name = "manifest.json";
        var sum = file(name).write(name, MANIFEST);
        var stored = new ArrayDeque<>(
                List.of(stored(name), JSON.write(Samples.everyKind().manifest())));
        var replaced = new ManifestFile(giving(stored::remove), GZIP.of(name), JSON);

        assertThatThrownBy(() -> replaced.read(name, sum))
                .isInstanceOf(ArchiveCorruptException.class)
                .hasMessageContaining("is not the one that was written");
    }

    private static ArchiveStore giving(Supplier<byte[]> content) {
        return (ArchiveStore) Proxy.newProxyInstance(
                ArchiveStore.class.getClassLoader(),
                new Class<?>[] {ArchiveStore.class},
                (_, _, _) -> new ByteArrayInputStream(content.get()));
    }

    /** Where there is no key it still counts as damaged. */
    @Test
    void comparesTheSumBeforeItMissesAKey() throws Exception {
        var recipient =
                new X25519KeyPairGenerator().generateKeyPair().getPublic().toString();
        var packings = SamplePackings.encrypting(List.of(recipient), Optional.empty());
        var name = "manifest.json.zst.age";
        var sum = new ManifestFile(store, packings.chosen(), JSON).write(name, MANIFEST);
        var closed = new ManifestFile(store, packings.of(name), JSON);

        assertThatThrownBy(() -> closed.read(name, sum)).isInstanceOf(NoKeyException.class);
        assertThatThrownBy(() -> closed.read(name, "0".repeat(64))).isInstanceOf(ArchiveCorruptException.class);
    }

    /** It says nothing about what is stored, whoever is reading at that moment. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"manifest.json", "manifest.json.gz", "manifest.json.zst"})
    void saysNothingAboutAManifestWhenTheStorageGoesAway(String name) throws IOException {
        var sum = file(name).write(name, MANIFEST);
        var half = stored(name).length / 2;
        var failing = new ManifestFile(goingAwayAfter(half), GZIP.of(name), JSON);

        assertThatThrownBy(() -> failing.read(name, sum))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.type()).isEqualTo(ProblemType.UNAVAILABLE));
    }

    private ArchiveStore goingAwayAfter(int bytes) {
        return (ArchiveStore) Proxy.newProxyInstance(
                ArchiveStore.class.getClassLoader(), new Class<?>[] {ArchiveStore.class}, (_, _, arguments) -> {
                    var first = new ByteArrayInputStream(
                            store.open(String.valueOf(arguments[0])).readNBytes(bytes));
                    return new SequenceInputStream(first, away());
                });
    }

    /** Says so once. */
    private static InputStream away() {
        return new InputStream() {
            private boolean told;

            @Override
            public int read() {
                if (told) {
                    return -1;
                }
                told = true;
                throw new ProblemException(ProblemType.UNAVAILABLE, "the storage is away", null);
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return read();
            }
        };
    }

    /** A few bytes of a bucket that anybody may write to. */
    @Test
    void endsAtWhatUnpacksToFarMoreThanAManifest() throws IOException {
        var name = "manifest.json.zst";
        var json = new ByteArrayOutputStream();
        json.write(" ".repeat(16 << 20).getBytes(UTF_8));
        json.write(JSON.write(Samples.everyKind().manifest()));
        put(name, packed(GZIP.of(name), json.toByteArray()));

        assertThatThrownBy(() -> file(name).find(name))
                .isInstanceOf(ArchiveCorruptException.class)
                .hasRootCauseMessage("it unpacks to more than 1000 times its size");
    }

    /** Each of them empty, so that its size does not give it away. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void endsAtAListThatIsLongerThanAnyBackupMakesIt(String list, String json) {
        put("manifest.json", json.getBytes(UTF_8));

        assertThatThrownBy(() -> file("manifest.json").find("manifest.json"))
                .isInstanceOf(ArchiveCorruptException.class)
                .hasStackTraceContaining("there are more than %s".formatted(list));
    }

    static Stream<Arguments> endless() {
        return Stream.of(
                Arguments.of(
                        "1048576 notes", "{\"notes\":" + more(NotesDeserializer.MOST, "{\"path\":\"\",\"what\":\"\"}")),
                Arguments.of(
                        "4194304 deleted names",
                        "{\"chain\":{\"deleted\":" + more(DeletedDeserializer.MOST, "\"\"") + "}"),
                Arguments.of(
                        "16384 members",
                        "{\"chain\":{\"members\":"
                                + more(
                                        MembersDeserializer.MOST,
                                        "{\"id\":\"%s\",\"object\":\"\",\"sha256\":\"\"}".formatted(Samples.ID))
                                + "}"));
    }

    private static String more(int most, String value) {
        return "[" + (value + ",").repeat(most) + value + "]}";
    }

    @Test
    void saysOfWhatIsNoManifestThatItCannotBeRead() throws IOException {
        put("manifest.json", "{".getBytes(UTF_8));

        assertThatThrownBy(() -> file("manifest.json").find("manifest.json"))
                .isInstanceOf(ArchiveCorruptException.class)
                .hasMessageContaining("cannot be read");
    }

    private static byte[] packed(Packing packing, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packer = packing.pack(bytes)) {
            packer.write(content);
        }
        return bytes.toByteArray();
    }

    private byte[] stored(String name) throws IOException {
        try (var input = store.open(name)) {
            return input.readAllBytes();
        }
    }

    private void put(String name, byte[] content) {
        store.delete(name);
        try (var upload = store.begin(name)) {
            upload.write(content, 0, content.length);
            upload.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
