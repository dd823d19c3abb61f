package io.everstate.state.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotInspectionTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void whatWasWrittenVerifiesAndReadsBackTheSame(long seed) throws IOException {
        var bots = StoredContent.bots(new Random(seed));

        var stored = StoredContent.of(bots);

        assertThat(stored.inspected().findings()).isEmpty();
        assertThat(stored.promised().bytes()).isEqualTo(stored.bytes().length);
        assertThat(stored.states()).isEqualTo(bots);
    }

    @Test
    void noBotsAreAContentToo() throws IOException {
        assertThat(StoredContent.of(List.of()).inspected().valid()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23})
    @Tag("EC1")
    void everyFlippedBitIsFound(long seed) throws IOException {
        var random = new Random(seed);
        var stored = StoredContent.of(StoredContent.bots(random));
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
        var stored = StoredContent.of(StoredContent.bots(random));
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
        var stored = StoredContent.of(StoredContent.bots(new Random(41)));

        var longer = Arrays.copyOf(stored.bytes(), stored.bytes().length + 1);

        assertThat(stored.with(longer).inspected().findings()).anyMatch(finding -> finding.contains("SHA-256"));
    }

    /** More than are looked at together. */
    @Test
    void ofManyFramesTheDamagedOneIsNamedAndTheOthersAreRead() throws IOException {
        var bots = sorted(12);
        var stored =
                StoredContent.ofFrames(bots, bots.stream().map(bot -> json(bot)).toList(), 1);
        var damaged = stored.bytes().clone();
        var seventh = stored.promised().frames().frames().get(6);
        damaged[(int) seventh.offset() + seventh.length() / 2] ^= 1;

        var verdict = stored.with(damaged).inspected();

        assertThat(verdict.findings())
                .filteredOn(finding -> finding.startsWith("frame"))
                .isNotEmpty()
                .allMatch(finding -> finding.startsWith("frame 7 "));
        assertThat(verdict.findings()).contains("the content has 11 bots, not 12");
    }

    @Test
    void aLineThatIsNoStateIsNamedByItsNumberInAllOfTheContent() throws IOException {
        var bots = sorted(12);
        var lines = new ArrayList<>(bots.stream().map(bot -> json(bot)).toList());
        lines.set(9, "{}".getBytes(StandardCharsets.UTF_8));

        var verdict = StoredContent.ofFrames(bots, lines, 1).inspected();

        assertThat(verdict.findings()).singleElement().asString().startsWith("line 10: ");
    }

    @Test
    void aBotThatIsThereTwiceIsFound() throws IOException {
        var bots = sorted(3);
        var first = json(bots.getFirst());

        var verdict = StoredContent.ofLines(bots, List.of(first, first, json(bots.getLast())))
                .inspected();

        assertThat(verdict.findings()).containsExactly("bot " + bots.getFirst().id() + " is there twice");
    }

    @Test
    void botsThatAreNotInTheirOrderAreFound() throws IOException {
        var bots = sorted(3);

        var verdict = StoredContent.ofLines(
                        bots, List.of(json(bots.getFirst()), json(bots.getLast()), json(bots.get(1))))
                .inspected();

        assertThat(verdict.findings()).containsExactly("bot " + bots.get(1).id() + " is not in its order");
    }

    @Test
    void aFrameThatDoesNotBeginWithItsFirstBotIsFound() throws IOException {
        var bots = sorted(2);
        var stored = StoredContent.of(bots);
        var frame = stored.promised().frames().frames().getFirst();
        var moved =
                new FrameIndex(List.of(new Frame(bots.getLast().id(), frame.offset(), frame.length(), frame.sha256())));

        var verdict = new StoredContent(
                        new SnapshotContent(
                                ContentFormat.ZSTD_FRAMES,
                                2,
                                stored.promised().bytes(),
                                stored.promised().sha256(),
                                moved),
                        stored.bytes())
                .inspected();

        assertThat(verdict.findings()).singleElement().asString().contains("is where bot");
    }

    @Test
    void aLineThatIsNoStateIsFound() throws IOException {
        var verdict = StoredContent.ofLines(sorted(1), List.of("{}".getBytes(StandardCharsets.UTF_8)))
                .inspected();

        assertThat(verdict.findings()).singleElement().asString().startsWith("line 1: no BotState");
    }

    @Test
    void aConfigurationWithSomethingUnknownIsFound() throws IOException {
        var bots = sorted(1);
        var text = new String(json(bots.getFirst()), StandardCharsets.UTF_8);
        var later = text.replaceFirst("\"feeRate\"", "\"nightRate\":\"1\",\"feeRate\"");

        var verdict = StoredContent.ofLines(bots, List.of(later.getBytes(StandardCharsets.UTF_8)))
                .inspected();

        assertThat(verdict.findings()).singleElement().asString().contains("does not know \"nightRate\"");
    }

    private static byte[] json(BotState bot) {
        return TestJson.format().write(bot);
    }

    private static List<BotState> sorted(int count) {
        var fold = new PartitionFold();
        fold.apply(new Owner(1).claim());
        IntStream.range(0, count).forEach(_ -> fold.apply(new Owner(1).created(Owner.newBot())));
        return fold.bots().stream().sorted(Comparator.comparing(BotState::id)).toList();
    }

    @Test
    void aStateThatTheFoldCannotMakeIsFound() throws IOException {
        var bot = StoredContent.bots(new Random(61)).getFirst();
        var text = new String(TestJson.format().write(bot), StandardCharsets.UTF_8);
        var poor = TestJson.format()
                .read(
                        text.replaceFirst("\"balance\":\"[0-9.]+\"", "\"balance\":\"-1\"")
                                .getBytes(StandardCharsets.UTF_8),
                        BotState.class);

        var verdict = StoredContent.of(List.of(poor)).inspected();

        assertThat(verdict.findings()).containsExactly("bot " + bot.id() + ": BTC/USD: the balance is negative");
    }
}
