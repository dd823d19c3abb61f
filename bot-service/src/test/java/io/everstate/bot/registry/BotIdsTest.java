package io.everstate.bot.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SteppingClock;
import org.junit.jupiter.api.Test;

class BotIdsTest {
    private static final String VERSION_7 = "01890a5d-ac96-774b-bcce-b302099a8057";

    private final SteppingClock clock = new SteppingClock();

    @Test
    void withoutAKeyEveryBotIsAnother() {
        var one = BotIds.of(null, "alice", clock);
        var other = BotIds.of(null, "alice", clock);

        assertThat(one).isNotEqualTo(other);
        assertThat(one.value().version()).isEqualTo(7);
    }

    @Test
    void aKeyThatIsAnIdIsTheId() {
        assertThat(BotIds.of(VERSION_7, "alice", clock)).hasToString(VERSION_7);
    }

    @Test
    void anyOtherKeyOfOneCallerIsOneBotForEver() {
        var id = BotIds.of("order 66", "alice", clock);

        assertThat(id).hasToString("23907826-1d42-8118-bc41-47de0c1ae8bf");
        assertThat(id.value().version()).isEqualTo(8);
        assertThat(id.value().variant()).isEqualTo(2);
    }

    @Test
    void theSameKeyOfAnotherCallerIsAnotherBot() {
        assertThat(BotIds.of("order 66", "alice", clock)).isNotEqualTo(BotIds.of("order 66", "bob", clock));
    }

    @Test
    void aUuidOfAnotherVersionIsHashed() {
        var key = "01890a5d-ac96-474b-bcce-b302099a8057";

        assertThat(BotIds.of(key, "alice", clock)).doesNotHaveToString(key);
    }
}
