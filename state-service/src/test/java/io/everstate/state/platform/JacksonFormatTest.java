package io.everstate.state.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JacksonFormatTest {
    private static final BotCreated CREATED =
            (BotCreated) new Owner(1).created(new BotId(UUID.randomUUID())).event();

    private final JacksonFormat format = TestJson.format();
    /** What a later version would write. */
    private final byte[] later = new String(format.write(CREATED), StandardCharsets.UTF_8)
            .replaceFirst("\"feeRate\":", "\"trailingStop\":\"0.05\",\"feeRate\":")
            .getBytes(StandardCharsets.UTF_8);

    @Test
    void theStrictOneRefusesAConfigurationWithAPropertyThatIsNotKnown() {
        var strict = format.strict();

        assertThat(strict.refusesUnknownInWhole()).isTrue();
        assertThat(strict.read(format.write(CREATED), BotCreated.class)).isEqualTo(CREATED);
        assertThatThrownBy(() -> strict.read(later, BotCreated.class))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("this version does not know \"trailingStop\" of a BotConfiguration");
    }

    @Test
    void theOtherLeavesItOutAndSaysSo() {
        assertThat(format.refusesUnknownInWhole()).isFalse();
        assertThat(format.read(later, BotCreated.class)).isEqualTo(CREATED);
    }
}
