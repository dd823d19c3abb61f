package io.everstate.recovery.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link AlertChannel} promises. */
public interface AlertChannelContract {
    Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    AlertChannel channel();

    /** The other side takes nothing from now on. */
    void breakDown();

    /** Texts that the other side has. */
    List<String> delivered();

    @Test
    default void deliversWhatItSaysIsAccepted() {
        var answer = channel().send(Alert.of(AlertKind.BACKUP_FAILED, "It failed.", AT));

        assertThat(answer).isEqualTo(new AlertChannel.Answer.Accepted());
        assertThat(delivered()).containsExactly("It failed.");
    }

    @Test
    default void neverThrowsWhenTheOtherSideIsAway() {
        breakDown();

        var answer = channel().send(Alert.of(AlertKind.BACKUP_FAILED, "It failed.", AT));

        assertThat(answer).isInstanceOf(AlertChannel.Answer.Unreachable.class);
        assertThat(delivered()).isEmpty();
    }
}
