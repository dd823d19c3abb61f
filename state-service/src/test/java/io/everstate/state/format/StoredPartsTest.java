package io.everstate.state.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import io.everstate.state.fold.RandomHistory;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States whose trades are cut in two. */
class StoredPartsTest {
    private static final String TRICKY =
            "\",\"portfolio\":{\"recentTrades\":[{\"recentTrades\":[]}],\n\\u0000\uD83D\uDE80ß\t";

    private final JsonFormat json = TestJson.format();

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private static BotState state(int trades, Map<String, String> labels) {
        var owner = new Owner(1);
        var bot = Owner.newBot();
        var fold = new PartitionFold();
        fold.apply(owner.claim());
        fold.apply(owner.createdWith(bot, labels));
        fold.apply(owner.started(bot));
        for (int trade = 0; trade < trades; trade++) {
            fold.apply(owner.trade(bot, 3 + trade));
        }
        return fold.find(bot).orElseThrow();
    }

    private byte[] part(BotState state, TradesCut cut) {
        try (var writer = new StateWriter(json)) {
            return writer.state(state, cut);
        }
    }

    private byte[] older(BotState state, TradesCut cut) {
        try (var writer = new StateWriter(json)) {
            return writer.older(state, cut);
        }
    }

    private StoredState stored(BotState state, TradesCut cut) {
        return new StoredState(part(state, cut), older(state, cut));
    }

    /** Cut anywhere, and also when the part in front of the cut begins earlier than the state does. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void putTogetherTheyAreTheJsonOfTheStateByteForByte(long seed) {
        var random = new Random(seed);
        for (var state : RandomHistory.of(random, 150)) {
            var trades = state.portfolio().recentTrades().size();
            if (trades > 0) {
                var cut = new TradesCut(state.sequence(), random.nextInt(trades), true);

                assertThat(stored(state, cut).text()).isEqualTo(json.write(state));
                assertThat(stored(state, cut).read(json)).isEqualTo(state);
            }
        }
    }

    @Test
    void olderTradesThatTheStateHasNoPlaceForAnyMoreAreLeftOut() {
        var states = new ArrayList<BotState>();
        var owner = new Owner(1);
        var bot = Owner.newBot();
        var fold = new PartitionFold();
        fold.apply(owner.claim());
        fold.apply(owner.created(bot));
        fold.apply(owner.started(bot));
        for (int trade = 0; trade < 250; trade++) {
            fold.apply(owner.trade(bot, 3 + trade));
            states.add(fold.find(bot).orElseThrow());
        }
        var early = older(states.get(119), new TradesCut(7, 0, true));
        for (int later = 0; later <= 100; later++) {
            var state = states.get(119 + later);

            var stored = new StoredState(part(state, new TradesCut(7, later, false)), early);

            assertThat(stored.text()).isEqualTo(json.write(state));
        }
    }

    @Test
    void theirPlaceIsFoundAlsoWhereSomebodyElseWroteTheSameWords() {
        var labels = Map.of("a", TRICKY, "portfolio", "[{", "recentTrades", "}]");
        var configured = state(30, Map.of());
        var owner = new Owner(1);
        var fold = new PartitionFold();
        var plain = configured.configuration();
        assertThat(plain.labels()).isEmpty();
        fold.apply(owner.claim());
        var tricky = relabelled(configured, labels);

        assertThat(new String(json.write(tricky), StandardCharsets.UTF_8)).contains("recentTrades\\\":[{");
        assertThat(stored(tricky, new TradesCut(9, 4, true)).text()).isEqualTo(json.write(tricky));
    }

    private BotState relabelled(BotState state, Map<String, String> labels) {
        var text = new String(json.write(state), StandardCharsets.UTF_8);
        var quoted = new String(json.write(labels), StandardCharsets.UTF_8);
        return json.read(
                text.replace(
                                "\"parameters\":{\"short\":\"5\"}",
                                "\"parameters\":{\"short\":\"5\"},\"labels\":" + quoted)
                        .getBytes(StandardCharsets.UTF_8),
                BotState.class);
    }

    @Test
    void aPartOfAnotherCutIsRefused() {
        var state = state(40, Map.of());
        var newest = part(state, new TradesCut(42, 3, false));

        assertRefused(newest, older(state, new TradesCut(41, 3, true)));
        assertRefused(newest, null);
        assertRefused(newest, json.write(state));
        assertRefused(newest, new byte[0]);
    }

    private void assertRefused(byte[] state, byte @Nullable [] older) {
        assertThatThrownBy(() -> new StoredState(state, older).text())
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("another cut");
    }

    /** A version without parts writes the state alone. */
    @Test
    void besideAWholeStateOlderTradesMeanNothing() {
        var state = state(40, Map.of());
        var earlier = older(state(60, Map.of()), new TradesCut(42, 3, true));
        try (var writer = new StateWriter(json)) {
            assertThat(new StoredState(json.write(state), earlier).text()).isEqualTo(json.write(state));
            assertThat(new StoredState(writer.state(state, null), earlier).text())
                    .isEqualTo(json.write(state));
        }
    }

    /** It takes what is no frame for JSON. */
    @Test
    void aVersionWithoutPartsDoesNotTakeOneForAState() {
        var newest = part(state(40, Map.of()), new TradesCut(42, 3, false));

        assertThat(CutFrame.text(newest)).as("as it is").isEqualTo(newest);
        assertThatThrownBy(() -> json.read(newest, BotState.class)).isInstanceOf(UnreadableRecordException.class);
    }

    /** A few bits of a frame mean nothing: the state is what it was. */
    @Test
    void noDamagedBitIsTakenForAnotherState() {
        var state = state(30, Map.of());
        var cut = new TradesCut(32, 10, true);
        var newest = part(state, cut);
        var older = older(state, cut);
        var harmless = 0;
        for (int bit = 0; bit < newest.length * Byte.SIZE; bit++) {
            harmless += harmless(damaged(newest, bit), older, state);
        }
        for (int bit = 0; bit < older.length * Byte.SIZE; bit++) {
            harmless += harmless(newest, damaged(older, bit), state);
        }
        assertThat(harmless).isLessThan((newest.length + older.length) / 5);
    }

    private static byte[] damaged(byte[] whole, int bit) {
        var damaged = whole.clone();
        damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return damaged;
    }

    private int harmless(byte[] newest, byte[] older, BotState state) {
        try {
            assertThat(new StoredState(newest, older).read(json)).isEqualTo(state);
            return 1;
        } catch (UnreadableRecordException e) {
            assertThat(e.detail()).isNotEmpty();
            return 0;
        }
    }

    /** Nothing is read of it, and of what is marked in another way. */
    @Test
    void aDamagedMarkIsNotTakenForOne() {
        var state = state(30, Map.of());
        var cut = new TradesCut(32, 10, true);
        var newest = part(state, cut);
        var older = older(state, cut);
        for (int bit = 0; bit < 2 * Integer.BYTES * Byte.SIZE; bit++) {
            var other = damaged(newest, bit);

            assertThatThrownBy(() -> new StoredState(other, older).read(json))
                    .isInstanceOf(UnreadableRecordException.class);
            assertRefused(newest, damaged(older, bit));
        }
    }

    @Test
    void tornOnesAreRefused() {
        var state = state(30, Map.of());
        var cut = new TradesCut(32, 10, true);
        var newest = part(state, cut);
        var older = older(state, cut);
        for (int length = 0; length < newest.length; length += 7) {
            var torn = Arrays.copyOf(newest, length);

            assertThatThrownBy(() -> new StoredState(torn, older).read(json))
                    .isInstanceOf(UnreadableRecordException.class);
        }
        for (int length = 0; length < older.length; length += 7) {
            var torn = Arrays.copyOf(older, length);

            assertThatThrownBy(() -> new StoredState(newest, torn).read(json))
                    .isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void aTextWithoutAPlaceForTradesIsRefused() {
        var lines = "{}".getBytes(StandardCharsets.UTF_8);
        for (var text : List.of(
                "",
                "{}",
                "[]",
                "7",
                "{\"portfolio\":[]}",
                "{\"portfolio\":{}}",
                "{\"portfolio\":{\"recentTrades\":{}}}",
                "{\"portfolio\":{\"recentTrades\":[7]}}",
                "{\"portfolio\":7,\"recentTrades\":[]}",
                "[7,[]]",
                "{\"recentTrades\":[]}",
                "{\"portfolio\":{\"recentTrades\":[{}")) {
            assertThatThrownBy(() -> JoinedTrades.text(text.getBytes(StandardCharsets.UTF_8), lines))
                    .as(text)
                    .isInstanceOf(UnreadableRecordException.class);
        }
    }

    /** In which the place that JSON's tokens tell is none of the bytes. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void aTextOfWiderCharactersIsRefused(Charset charset) {
        var text = "{\"portfolio\":{\"recentTrades\":[]}}".getBytes(charset);

        assertThatThrownBy(() -> JoinedTrades.text(text, "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void theHashIsTheSameWhereverItIsCut() {
        var state = state(60, Map.of());
        try (var writer = new StateWriter(json)) {
            var whole = new StoredState(writer.state(state, null), null);

            assertThat(stored(state, new TradesCut(9, 5, true)).hash()).isEqualTo(whole.hash());
            assertThat(stored(state, new TradesCut(9, 0, true)).hash()).isEqualTo(whole.hash());
            assertThat(stored(state(60, Map.of()), new TradesCut(9, 5, true)).hash())
                    .isNotEqualTo(whole.hash());
        }
    }

    /** Written by the first version that cut; the same state that the first one that compressed wrote. */
    @Test
    void theFirstPartsOfAllAreReadStill() throws IOException {
        var stored = new StoredState(golden("3/state.zst"), golden("3/older.zst"));

        assertThat(stored.text()).isEqualTo(golden("2/state.json"));
        assertThat(CutFrame.cut(golden("3/state.zst"))).isEqualTo(100);
    }

    private static byte[] golden(String name) throws IOException {
        try (var stored = StoredPartsTest.class.getResourceAsStream("/golden/state/" + name)) {
            return Objects.requireNonNull(stored, name).readAllBytes();
        }
    }
}
