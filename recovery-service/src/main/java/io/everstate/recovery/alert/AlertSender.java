package io.everstate.recovery.alert;

import io.everstate.recovery.alert.AlertChannel.Answer;
import io.everstate.recovery.alert.AlertOutbox.Taken;
import io.everstate.recovery.platform.Backoff;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Sends what waits in the outbox, one alert a call. */
final class AlertSender {
    private static final Logger LOG = Logger.getLogger(AlertSender.class);
    /** Above the channel's own deadlines. */
    private static final Duration HIDDEN = Duration.ofSeconds(60);

    private final AlertOutbox outbox;
    private final AlertChannel channel;
    private final Backoff backoff;
    private final int maxAttempts;
    private final Clock clock;

    AlertSender(AlertOutbox outbox, AlertChannel channel, Backoff backoff, int maxAttempts, Clock clock) {
        this.outbox = outbox;
        this.channel = channel;
        this.backoff = backoff;
        this.maxAttempts = maxAttempts;
        this.clock = clock;
    }

    /** Does nothing while no channel is configured or no alert is due. */
    void sendNext() {
        if (!channel.configured()) {
            return;
        }
        var now = clock.instant();
        outbox.take(now, now.plus(HIDDEN)).ifPresent(this::send);
    }

    private void send(Taken taken) {
        var delivery = after(channel.send(taken.alert().toldAt(clock.instant())), taken.attempts() + 1);
        outbox.update(taken.alert().id(), delivery);
        switch (delivery) {
            case Delivery.Refused refused ->
                LOG.errorf("alert %s is not sent: %s", taken.alert().id(), refused.lastProblem());
            case Delivery.GivenUp givenUp ->
                LOG.errorf("alert %s is given up: %s", taken.alert().id(), givenUp.lastProblem());
            case Delivery.Waiting waiting ->
                LOG.warnf("alert %s is tried again: %s", taken.alert().id(), waiting.lastProblem());
            case Delivery.Sent sent ->
                LOG.debugf("alert %s is sent", taken.alert().id());
        }
    }

    private Delivery after(Answer answer, int attempts) {
        return switch (answer) {
            case Answer.Accepted accepted -> new Delivery.Sent(attempts, clock.instant());
            case Answer.Refused refused -> new Delivery.Refused(attempts, refused.problem());
            case Answer.Busy busy -> again(attempts, "the channel is busy", busy.pause());
            case Answer.Unreachable unreachable -> again(attempts, unreachable.problem(), backoff.after(attempts));
        };
    }

    private Delivery again(int attempts, String problem, Duration pause) {
        return attempts >= maxAttempts
                ? new Delivery.GivenUp(attempts, problem)
                : new Delivery.Waiting(attempts, clock.instant().plus(pause), problem);
    }
}
