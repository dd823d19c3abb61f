package io.everstate.bot.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class TokenMaskTest {
    private static final String TOKEN = BotCredential.mint(SampleBots.id(1));
    private static final String SECRET = TOKEN.substring(TOKEN.lastIndexOf('_', 50) + 1);
    private final TokenMask mask = new TokenMask();

    @Test
    void takesATokenOutOfAnyText() {
        assertThat(TokenMask.masked("Bearer " + TOKEN + " is \"" + TOKEN + "\""))
                .isEqualTo("Bearer evb_*** is \"evb_***\"");
    }

    @Test
    void takesWhateverStandsInATokensPlaceOutOfAnAddress() {
        assertThat(TokenMask.masked("POST /api/v1/ingest/freqtrade/b-1/mistyped?x=1 failed"))
                .isEqualTo("POST /api/v1/ingest/freqtrade/b-1/***?x=1 failed");
    }

    @Test
    void leavesOtherTextsAlone() {
        assertThat(TokenMask.masked("GET /api/v1/bots/b-1")).isEqualTo("GET /api/v1/bots/b-1");
    }

    @Test
    void masksARecordWithItsParametersAndCauses() {
        var entry = new ExtLogRecord(Level.SEVERE, "call of %s failed", ExtLogRecord.FormatStyle.PRINTF, "x");
        entry.setParameters(new Object[] {"/a/" + TOKEN});
        entry.setThrown(new IllegalStateException("outer", new IllegalArgumentException("bad address /a/" + TOKEN)));

        var logged = mask.isLoggable(entry);

        assertThat(logged).isTrue();
        assertThat(new PatternFormatter("%s%e").format(entry))
                .contains("call of /a/evb_*** failed", "bad address /a/evb_***")
                .contains("masksARecordWithItsParametersAndCauses")
                .doesNotContain(SECRET);
    }
}
