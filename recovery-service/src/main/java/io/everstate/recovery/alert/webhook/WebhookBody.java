package io.everstate.recovery.alert.webhook;

import io.everstate.recovery.alert.Alert;
import java.time.Instant;

/** What the generic webhook receives; {@code text} is what Slack, Mattermost and Google Chat show. */
record WebhookBody(String text, String kind, String severity, Instant at) {
    static WebhookBody of(Alert alert) {
        return new WebhookBody(
                alert.text(), alert.kind().label(), alert.kind().severity().label(), alert.at());
    }
}
