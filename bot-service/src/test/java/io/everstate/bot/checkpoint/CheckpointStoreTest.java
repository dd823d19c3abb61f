package io.everstate.bot.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
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
    void aFileIsALineWithTheChecksumOfTheJsonThatFollows() throws Exception {
        var state = SampleBots.created(BOT);

        store.save(state);

        var lines = Files.readAllLines(file(1));
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).isEqualTo(sha256(lines.getLast().getBytes(StandardCharsets.UTF_8)));
        assertThat(new SampleJson().read(lines.getLast().getBytes(StandardCharsets.UTF_8), BotState.class))
                .isEqualTo(state);
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
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private Path file(long sequence) {
        return directory.resolve(BOT.toString()).resolve(name(sequence));
    }

    private static String name(long sequence) {
        return "%020d.json".formatted(sequence);
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
