package io.everstate.state.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StoredStateTest {
    private final JsonFormat json = TestJson.format();

    private static BotState state(int trades) {
        var owner = new Owner(1);
        var bot = Owner.newBot();
        var fold = new PartitionFold();
        fold.apply(owner.claim());
        fold.apply(owner.created(bot));
        fold.apply(owner.started(bot));
        for (int trade = 0; trade < trades; trade++) {
            fold.apply(owner.trade(bot, 3 + trade));
        }
        return fold.find(bot).orElseThrow();
    }

    private byte[] stored(BotState... states) {
        try (var writer = new StateWriter(json)) {
            byte[] last = {};
            for (var state : states) {
                last = writer.state(state, null);
            }
            return last;
        }
    }

    private static StoredState whole(byte[] column) {
        return new StoredState(column, null);
    }

    @Test
    void aSmallOneIsItsJson() {
        var state = state(1);

        assertThat(stored(state)).isEqualTo(json.write(state));
        assertThat(whole(stored(state)).read(json)).isEqualTo(state);
    }

    @Test
    void aLargeOneIsAFifthOfItsJson() {
        var state = state(100);
        var text = json.write(state);

        assertThat(stored(state)).hasSizeLessThan(text.length / 5);
        assertThat(whole(stored(state)).text()).isEqualTo(text);
        assertThat(whole(stored(state)).read(json)).isEqualTo(state);
    }

    @Test
    void isTheSameWhateverWasWrittenBeforeIt() {
        var state = state(100);

        assertThat(stored(state(3), state(60), state(100), state)).isEqualTo(stored(state));
    }

    @Test
    void jsonOfAnySizeIsReadAsItWasWrittenBefore() {
        var state = state(100);

        assertThat(whole(json.write(state)).read(json)).isEqualTo(state);
    }

    /** A few bits of a frame mean nothing: the state is what it was. */
    @Test
    void noDamagedBitIsTakenForAnotherState() {
        var state = state(30);
        var whole = stored(state);
        int harmless = 0;
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            var damaged = whole.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            try {
                assertThat(whole(damaged).read(json)).as("bit %d", bit).isEqualTo(state);
                harmless++;
            } catch (UnreadableRecordException e) {
                assertThat(e.detail()).isNotEmpty();
            }
        }
        assertThat(harmless).isLessThan(whole.length / 10);
    }

    @Test
    void aTornOneIsRefused() {
        var whole = stored(state(30));
        for (int length = 0; length < whole.length; length += 7) {
            var torn = new byte[length];
            System.arraycopy(whole, 0, torn, 0, length);

            assertThatThrownBy(() -> whole(torn).read(json)).isInstanceOf(UnreadableRecordException.class);
        }
    }

    /** Written by the first version that compressed. */
    @Test
    void theFirstFrameOfAllIsReadStill() throws IOException {
        assertThat(whole(golden("state.zst")).text()).isEqualTo(golden("state.json"));
        assertThat(whole(golden("state.zst")).read(json).portfolio().recentTrades())
                .hasSize(100);
    }

    private static byte[] golden(String name) throws IOException {
        try (var stored = StoredStateTest.class.getResourceAsStream("/golden/state/2/" + name)) {
            return Objects.requireNonNull(stored, name).readAllBytes();
        }
    }

    /** What a person sees who looks into the table. */
    @Test
    void saysWhatIsWrong() {
        var damaged = stored(state(30));
        damaged[20] ^= 1;

        assertThatThrownBy(() -> whole(damaged).text())
                .hasMessageStartingWith("a stored state is damaged: ")
                .hasMessageNotContaining(new String(damaged, StandardCharsets.ISO_8859_1));
    }
}
