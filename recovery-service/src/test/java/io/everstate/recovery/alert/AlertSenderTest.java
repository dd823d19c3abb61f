package io.everstate.recovery.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.alert.AlertChannel.Answer;
import io.everstate.recovery.platform.Backoff;
import io.everstate.recovery.world.TestClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("BD13")
class AlertSenderTest {
    private final TestClock clock = new TestClock();
    private final InMemoryAlertOutbox outbox = new InMemoryAlertOutbox();
    private final InMemoryAlertChannel channel = new InMemoryAlertChannel();
    private final AlertSender sender = new AlertSender(
            outbox, channel, new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), new Random(1)), 4, clock);

    @BeforeEach
    void raise() {
        outbox.add(Alert.of(AlertKind.BACKUP_FAILED, "It failed.", clock.instant()));
    }

    private Delivery delivery() {
        return outbox.newest(1, null).getFirst().delivery();
    }

    @Test
    void sendsAnAlertOnce() {
        sender.sendNext();
        sender.sendNext();

        assertThat(channel.accepted).hasSize(1);
        assertThat(delivery()).isInstanceOf(Delivery.Sent.class);
    }

    @Test
    void keepsAnAlertWhileNoChannelIsConfigured() {
        channel.configured = false;

        sender.sendNext();

        assertThat(delivery()).isInstanceOf(Delivery.Waiting.class);
        assertThat(delivery().attempts()).isZero();
    }

    @Test
    void waitsAsLongAsABusyChannelAsks() {
        channel.answers.add(new Answer.Busy(Duration.ofSeconds(30)));
        sender.sendNext();
        clock.advance(Duration.ofSeconds(29));
        sender.sendNext();
        assertThat(channel.accepted).as("not before").isEmpty();

        clock.advance(Duration.ofSeconds(2));
        sender.sendNext();

        assertThat(channel.accepted).hasSize(1);
    }

    @Test
    void triesAnUnreachableChannelAgainWithAPause() {
        channel.answers.add(new Answer.Unreachable("500"));
        sender.sendNext();
        sender.sendNext();
        assertThat(channel.accepted).as("not at once").isEmpty();

        clock.advance(Duration.ofSeconds(3));
        sender.sendNext();

        assertThat(channel.accepted).hasSize(1);
        assertThat(delivery().attempts()).isEqualTo(2);
    }

    @Test
    void neverRepeatsWhatWasRefused() {
        channel.answers.add(new Answer.Refused("the channel answered 400"));
        sender.sendNext();
        clock.advance(Duration.ofDays(1));
        sender.sendNext();

        assertThat(channel.accepted).isEmpty();
        assertThat(delivery()).isEqualTo(new Delivery.Refused(1, "the channel answered 400"));
    }

    @Test
    void saysWhenItWasInAnAlertThatIsSentLate() {
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        clock.advance(Duration.ofMinutes(10));

        sender.sendNext();

        assertThat(channel.accepted)
                .singleElement()
                .extracting(Alert::text)
                .isEqualTo("It failed. (This was at " + at + ".)");
        assertThat(outbox.newest(1, null).getFirst().alert().text())
                .as("what is kept has its time beside it")
                .isEqualTo("It failed.");
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        channel.answers.addAll(List.of(
                new Answer.Unreachable("1"),
                new Answer.Unreachable("2"),
                new Answer.Unreachable("3"),
                new Answer.Unreachable("4")));
        for (int attempts = 0; attempts < 6; attempts++) {
            sender.sendNext();
            clock.advance(Duration.ofMinutes(6));
        }

        assertThat(delivery()).isEqualTo(new Delivery.GivenUp(4, "4"));
        assertThat(channel.accepted).isEmpty();
    }
}
