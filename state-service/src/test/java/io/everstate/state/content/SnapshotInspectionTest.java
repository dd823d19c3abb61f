package io.everstate.state.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotInspectionTest {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(SnapshotContent promised, byte[] bytes) {
        Verdict inspected() throws IOException {
            return new SnapshotInspection(promised, TestJson.format()).inspect(new ByteArrayInputStream(bytes));
        }

        Stored with(byte[] other) {
            return new Stored(promised, other);
        }
    }

    private static Stored stored(List<BotState> bots) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new SnapshotWriter(bytes, TestJson.format())) {
            for (var bot : bots) {
                writer.write(bot);
            }
            return new Stored(writer.finish(), bytes.toByteArray());
        }
    }

    private static List<BotState> bots(Random random) {
        var fold = new PartitionFold();
        var owner = new Owner(1);
        fold.apply(owner.claim());
        for (int count = 1 + random.nextInt(5); count > 0; count--) {
            var bot = Owner.newBot();
            fold.apply(owner.created(bot));
            fold.apply(owner.started(bot));
            for (int sequence = 3; sequence < 3 + random.nextInt(40); sequence++) {
                fold.apply(owner.trade(bot, sequence));
            }
        }
        return fold.bots();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void whatWasWrittenVerifiesAndReadsBackTheSame(long seed) throws IOException {
        var bots = bots(new Random(seed));

        var stored = stored(bots);

        assertThat(stored.inspected().findings()).isEmpty();
        assertThat(stored.promised().bytes()).isEqualTo(stored.bytes().length);
        assertThat(lines(stored.bytes())).isEqualTo(bots);
    }

    private static List<BotState> lines(byte[] content) throws IOException {
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(content))) {
            var text = new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
            var json = TestJson.format();
            return text.lines()
                    .map(line -> json.read(line.getBytes(StandardCharsets.UTF_8), BotState.class))
                    .toList();
        }
    }

    @Test
    void noBotsAreAContentToo() throws IOException {
        assertThat(stored(List.of()).inspected().valid()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23})
    @Tag("EC1")
    void everyFlippedBitIsFound(long seed) throws IOException {
        var random = new Random(seed);
        var stored = stored(bots(random));
        var missed = new ArrayList<Integer>();

        for (int round = 0; round < 100; round++) {
            var damaged = stored.bytes().clone();
            var bit = random.nextInt(damaged.length * 8);
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            if (stored.with(damaged).inspected().valid()) {
                missed.add(bit);
            }
        }

        assertThat(missed).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    @Tag("EC1")
    void everyCutIsFound(long seed) throws IOException {
        var random = new Random(seed);
        var stored = stored(bots(random));
        var missed = new ArrayList<Integer>();

        for (int round = 0; round < 100; round++) {
            var length = random.nextInt(stored.bytes().length);
            if (stored.with(Arrays.copyOf(stored.bytes(), length)).inspected().valid()) {
                missed.add(length);
            }
        }

        assertThat(missed).isEmpty();
    }

    @Test
    void somethingBehindTheEndIsFound() throws IOException {
        var stored = stored(bots(new Random(41)));

        var longer = Arrays.copyOf(stored.bytes(), stored.bytes().length + 1);

        assertThat(stored.with(longer).inspected().findings()).anyMatch(finding -> finding.contains("SHA-256"));
    }

    @Test
    void aBotThatIsThereTwiceIsFound() throws IOException {
        var bot = bots(new Random(51)).getFirst();

        var verdict = stored(List.of(bot, bot)).inspected();

        assertThat(verdict.findings()).containsExactly("bot " + bot.id() + " is there twice");
    }

    @Test
    void aStateThatTheFoldCannotMakeIsFound() throws IOException {
        var bot = bots(new Random(61)).getFirst();
        var text = new String(TestJson.format().write(bot), StandardCharsets.UTF_8);
        var poor = TestJson.format()
                .read(
                        text.replaceFirst("\"balance\":\"[0-9.]+\"", "\"balance\":\"-1\"")
                                .getBytes(StandardCharsets.UTF_8),
                        BotState.class);

        var verdict = stored(List.of(poor)).inspected();

        assertThat(verdict.findings()).containsExactly("bot " + bot.id() + ": BTC/USD: the balance is negative");
    }
}
