package io.everstate.recovery.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("BD13")
class AlertTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void takesChatCommandsOutOfTheText() {
        var alert = Alert.of(AlertKind.BACKUP_FAILED, "no file <!channel> & <http://evil|click>", AT);

        assertThat(alert.text()).isEqualTo("no file ‹!channel› & ‹http://evil|click›");
    }

    @Test
    void shortensATextThatAChatWouldRefuse() {
        var alert = Alert.of(AlertKind.BACKUP_FAILED, "x".repeat(5000), AT);

        assertThat(alert.text()).hasSize(Alert.MAX_TEXT).endsWith("…");
    }

    @Test
    void saysNothingOfTheTimeWithinAMinute() {
        var alert = Alert.of(AlertKind.BACKUP_FAILED, "It failed.", AT);

        assertThat(alert.toldAt(AT.plusSeconds(60))).isEqualTo(alert);
    }

    @Test
    void keepsTheTimeOfALateOneWhenItShortensTheText() {
        var alert = Alert.of(AlertKind.BACKUP_FAILED, "x".repeat(5000), AT);

        assertThat(alert.toldAt(AT.plusSeconds(61)).text())
                .hasSize(Alert.MAX_TEXT)
                .endsWith("… (This was at 2026-11-21T10:00:00Z.)");
    }
}
