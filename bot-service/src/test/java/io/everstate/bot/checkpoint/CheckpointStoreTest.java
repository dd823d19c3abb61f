package io.everstate.bot.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.bot.sample.TapeTrades;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("PT3")
class CheckpointStoreTest {
    private static final BotId BOT = SampleBots.id(1);
    private static final int KEPT = 5;

    @TempDir
    Path directory;

    private CheckpointStore store;

    @BeforeEach
    void open() {
        store = new CheckpointStore(directory, KEPT, new SampleJson());
    }

    @Test
    void aStateComesBackAsItWas() throws IOException {
        var state = SampleBots.traded(BOT, 7);

        store.save(state);

        assertThat(store.newest(BOT)).contains(state);
        assertThat(store.bots()).containsExactly(BOT);
    }

    @Test
    void aFileThatIsThereAndVerifiesIsLeftAsItIs() throws IOException {
        var state = SampleBots.traded(BOT, 7);
        store.save(state);
        var before = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(file(state.sequence()), before);

        store.save(state);

        assertThat(Files.getLastModifiedTime(file(state.sequence()))).isEqualTo(before);
    }

    @Test
    void aDamagedFileIsWrittenAnew() throws IOException {
        var state = SampleBots.traded(BOT, 7);
        store.save(state);
        Files.write(file(state.sequence()), new byte[] {1, 2, 3});

        store.save(state);

        assertThat(store.newest(BOT)).contains(state);
    }

    @Test
    void aFileIsALineWithTheChecksumOfTheGzipThatFollows() throws Exception {
        var state = SampleBots.created(BOT);

        store.save(state);

        var bytes = Files.readAllBytes(file(1));
        var content = Arrays.copyOfRange(bytes, 65, bytes.length);
        assertThat(new String(bytes, 0, 65, StandardCharsets.US_ASCII)).isEqualTo(sha256(content) + "\n");
        var json = new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
        assertThat(new SampleJson().read(json, BotState.class)).isEqualTo(state);
    }

    @Test
    void aFileOfAnEarlierReleaseIsStillRead() throws Exception {
        var state = SampleBots.traded(BOT, 3);
        var json = new SampleJson().write(state);
        Files.createDirectories(file(5).getParent());
        Files.writeString(
                file(5).resolveSibling("%020d.json".formatted(5)),
                sha256(json) + "\n" + new String(json, StandardCharsets.UTF_8));

        assertThat(store.newest(BOT)).contains(state);
    }

    @Test
    @Tag("PT15")
    void aHundredTradesOfOneSymbolTakeLessThanFiveKilobytes() throws IOException {
        var state = TapeTrades.of(BOT, 140);
        assertThat(state.portfolio().recentTrades()).hasSize(100);

        store.save(state);

        assertThat(Files.size(file(state.sequence()))).isLessThan(5 * 1024);
        assertThat(store.newest(BOT)).contains(state);
    }

    @Test
    @Tag("GR3")
    void filesAreListedWithWhatIsWrongWithThem() throws IOException {
        store.save(SampleBots.created(BOT));
        store.save(SampleBots.running(BOT, RestartPolicy.RESUME));
        var sound = Files.readAllBytes(file(2));
        Files.write(file(3), Arrays.copyOf(sound, sound.length - 1));
        Files.write(file(4), sound);

        var files = store.list(BOT);

        assertThat(files).extracting(CheckpointFile::sequence).containsExactly(4L, 3L, 2L, 1L);
        assertThat(files)
                .extracting(CheckpointFile::defect)
                .containsExactly("it holds event 2 of bot " + BOT, "its checksum does not agree", null, null);
        assertThat(files.get(2).bytes()).isEqualTo(sound.length);
        assertThat(files.get(2).sha256()).isEqualTo(new String(sound, 0, 64, StandardCharsets.US_ASCII));
        assertThat(files.get(2).savedAt()).isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    @Tag("GR3")
    void oneFileIsReadOrItsDefectIsNamed() throws IOException {
        var state = saved(SampleBots.running(BOT, RestartPolicy.RESUME));
        Files.writeString(file(3), "nothing");

        assertThat(store.read(BOT, 2)).isEqualTo(state);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.read(BOT, 3))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.CORRUPT))
                .withMessageContaining("checkpoint 3")
                .withMessageContaining("line of a checksum");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.read(BOT, 7))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND))
                .withMessageContaining("there are [3, 2]");
    }

    @Test
    void theNewestBeforeASequenceIsTheNewestThatVerifies() throws IOException {
        var first = saved(SampleBots.created(BOT));
        store.save(SampleBots.running(BOT, RestartPolicy.RESUME));
        store.save(SampleBots.traded(BOT, 1));
        Files.writeString(file(2), "nothing");

        assertThat(store.newestBefore(BOT, 3)).contains(first);
        assertThat(store.newestBefore(BOT, 1)).isEmpty();
    }

    /** Before, whatever unpacked to a state of any bot was taken for this one's. */
    @Test
    @Tag("SF13")
    void aFileOfAnotherBotIsNotUsed() throws IOException {
        var before = saved(SampleBots.created(BOT));
        var other = SampleBots.running(SampleBots.id(2), RestartPolicy.RESUME);
        store.save(other);
        Files.copy(directory.resolve(other.id().toString()).resolve(name(2)), file(2));

        assertThat(store.newest(BOT)).contains(before);
    }

    @Test
    void theLastFiveAreKept() throws IOException {
        for (var fills = 0; fills < 8; fills++) {
            store.save(SampleBots.traded(BOT, fills));
        }

        assertThat(names()).containsExactly(name(5), name(6), name(7), name(8), name(9));
    }

    @Test
    void nothingIsKnownWithoutADirectory() {
        var absent = new CheckpointStore(directory.resolve("absent"), KEPT, new SampleJson());

        assertThat(absent.bots()).isEmpty();
        assertThat(absent.newest(BOT)).isEmpty();
    }

    @Test
    @Tag("SF13")
    @Tag("PT11")
    void afterAnyFlippedBitTheOneBeforeIsUsed() throws IOException {
        var before = saved(SampleBots.created(BOT));
        store.save(SampleBots.running(BOT, RestartPolicy.RESUME));
        var sound = Files.readAllBytes(file(2));

        for (var offset = 0; offset < sound.length; offset++) {
            var flipped = sound.clone();
            flipped[offset] ^= (byte) (1 << (offset % 8));
            Files.write(file(2), flipped);

            assertThat(store.newest(BOT)).as("bit of byte %d", offset).contains(before);
        }
    }

    @Test
    @Tag("SF13")
    @Tag("PT11")
    void cutAnywhereTheOneBeforeIsUsed() throws IOException {
        var before = saved(SampleBots.created(BOT));
        store.save(SampleBots.running(BOT, RestartPolicy.RESUME));
        var sound = Files.readAllBytes(file(2));

        for (var length = 0; length < sound.length; length++) {
            Files.write(file(2), Arrays.copyOf(sound, length));

            assertThat(store.newest(BOT)).as("%d bytes", length).contains(before);
        }
    }

    @Test
    @Tag("PT10")
    void anUnknownVersionIsRefusedAndKept() throws Exception {
        var before = saved(SampleBots.created(BOT));
        var json = new String(
                        new SampleJson().write(SampleBots.running(BOT, RestartPolicy.RESUME)), StandardCharsets.UTF_8)
                .replace("\"version\":1", "\"version\":2")
                .getBytes(StandardCharsets.UTF_8);
        var document = (sha256(json) + "\n" + new String(json, StandardCharsets.UTF_8));
        Files.writeString(file(2), document);

        assertThat(store.newest(BOT)).contains(before);

        assertThat(file(2)).hasContent(document);
    }

    @Test
    void whatACrashLeftHalfWrittenIsIgnored() throws IOException {
        var before = saved(SampleBots.created(BOT));
        Files.writeString(file(2).resolveSibling("." + name(2) + ".tmp"), "half");

        assertThat(store.newest(BOT)).contains(before);

        store.save(SampleBots.running(BOT, RestartPolicy.RESUME));
        assertThat(names()).containsExactly(name(1), name(2));
    }

    @Test
    void whatIsNoBotsIsPassedOver() throws IOException {
        var state = saved(SampleBots.created(BOT));
        Files.createDirectory(directory.resolve("lost+found"));
        Files.writeString(directory.resolve("README"), "mine");
        Files.createDirectory(file(2));

        assertThat(store.bots()).containsExactly(BOT);
        assertThat(store.newest(BOT)).contains(state);
    }

    /** One writes state after state, others read all the while: they see whole states, and never an older one than before. */
    @Test
    @Tag("SF11")
    void aReaderNeverSeesHalfAState() throws Exception {
        var states = IntStream.range(0, 150)
                .mapToObj(fills -> SampleBots.traded(BOT, fills))
                .toList();
        var writing = new AtomicBoolean(true);
        store = new CheckpointStore(directory, states.size(), new SampleJson());
        store.save(states.getFirst());
        try (var threads = Executors.newFixedThreadPool(3)) {
            var readers = List.of(
                    threads.submit(() -> readWhile(writing, states)), threads.submit(() -> readWhile(writing, states)));

            threads.submit(() -> {
                        for (var state : states) {
                            store.save(state);
                        }
                        return null;
                    })
                    .get();

            writing.set(false);
            for (var reader : readers) {
                assertThat(reader.get()).as("states read").isPositive();
            }
        }
        assertThat(store.newest(BOT)).contains(states.getLast());
    }

    private int readWhile(AtomicBoolean writing, List<BotState> states) {
        var reads = 0;
        var known = 0L;
        do {
            var state = store.newest(BOT).orElseThrow();
            assertThat(state).isEqualTo(states.get(Math.toIntExact(state.sequence()) - 2));
            assertThat(state.sequence()).isGreaterThanOrEqualTo(known);
            known = state.sequence();
            reads++;
        } while (writing.get());
        return reads;
    }

    private BotState saved(BotState state) throws IOException {
        store.save(state);
        return state;
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory.resolve(BOT.toString()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private Path file(long sequence) {
        return directory.resolve(BOT.toString()).resolve(name(sequence));
    }

    private static String name(long sequence) {
        return "%020d.checkpoint".formatted(sequence);
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
