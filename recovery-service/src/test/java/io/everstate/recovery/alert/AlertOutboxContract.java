package io.everstate.recovery.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.alert.AlertOutbox.Kept;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link AlertOutbox} promises. Each test begins with an empty one. */
interface AlertOutboxContract {
    Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    AlertOutbox outbox();

    /** In a transaction of its own. */
    void add(Alert alert);

    private static Alert alert(String text, Instant at) {
        return Alert.of(AlertKind.BACKUP_FAILED, text, at);
    }

    @Test
    default void keepsAnAlertAsItWasRaised() {
        var alert = alert("one", NOW);

        add(alert);

        assertThat(outbox().newest(10, null)).containsExactly(new Kept(alert, new Delivery.Waiting(0, NOW, null)));
        assertThat(outbox().waiting()).isEqualTo(1);
    }

    @Test
    default void tellsOfAnEventOnce() {
        var event = new UUID(1, 2);
        add(Alert.of(AlertKind.BACKUP_FAILED, "first", NOW, event));

        add(Alert.of(AlertKind.BACKUP_FAILED, "again", NOW.plusSeconds(1), event));

        assertThat(outbox().newest(10, null))
                .extracting(kept -> kept.alert().text())
                .containsExactly("first");
    }

    @Test
    default void handsOutTheAlertThatIsDueTheLongestAndHidesIt() {
        add(alert("younger", NOW.plusSeconds(1)));
        add(alert("older", NOW));
        var later = NOW.plusSeconds(5);

        assertThat(outbox().take(later, later.plusSeconds(60))
                        .orElseThrow()
                        .alert()
                        .text())
                .isEqualTo("older");
        assertThat(outbox().take(later, later.plusSeconds(60))
                        .orElseThrow()
                        .alert()
                        .text())
                .isEqualTo("younger");
        assertThat(outbox().take(later, later.plusSeconds(60))).isEmpty();
    }

    @Test
    default void handsItOutAgainWhenTheTakerDied() {
        add(alert("one", NOW));
        outbox().take(NOW, NOW.plusSeconds(60));

        assertThat(outbox().take(NOW.plusSeconds(59), NOW.plusSeconds(120))).isEmpty();
        assertThat(outbox().take(NOW.plusSeconds(60), NOW.plusSeconds(120))).isPresent();
    }

    @Test
    default void remembersWhatBecameOfAnAlert() {
        var sent = alert("sent", NOW);
        var refused = alert("refused", NOW.plusSeconds(1));
        var givenUp = alert("given up", NOW.plusSeconds(2));
        add(sent);
        add(refused);
        add(givenUp);

        outbox().update(sent.id(), new Delivery.Sent(2, NOW.plusSeconds(9)));
        outbox().update(refused.id(), new Delivery.Refused(1, "400"));
        outbox().update(givenUp.id(), new Delivery.GivenUp(300, "500"));

        assertThat(outbox().newest(10, null))
                .extracting(Kept::delivery)
                .containsExactly(
                        new Delivery.GivenUp(300, "500"),
                        new Delivery.Refused(1, "400"),
                        new Delivery.Sent(2, NOW.plusSeconds(9)));
        assertThat(outbox().take(NOW.plusSeconds(3600), NOW.plusSeconds(3700))).isEmpty();
        assertThat(outbox().waiting()).isZero();
    }

    @Test
    default void handsOutARetryWhenItIsDueAndCountsTheAttempts() {
        var alert = alert("one", NOW);
        add(alert);
        outbox().update(alert.id(), new Delivery.Waiting(3, NOW.plusSeconds(8), "500"));

        assertThat(outbox().take(NOW.plusSeconds(7), NOW.plusSeconds(70))).isEmpty();
        assertThat(outbox().take(NOW.plusSeconds(8), NOW.plusSeconds(70))
                        .orElseThrow()
                        .attempts())
                .isEqualTo(3);
    }

    @Test
    default void listsTheNewestFirstPageByPage() {
        var one = alert("one", NOW);
        var two = alert("two", NOW.plusSeconds(1));
        add(one);
        add(two);

        assertThat(outbox().newest(1, null)).extracting(Kept::alert).containsExactly(two);
        assertThat(outbox().newest(5, two.id())).extracting(Kept::alert).containsExactly(one);
    }
}
