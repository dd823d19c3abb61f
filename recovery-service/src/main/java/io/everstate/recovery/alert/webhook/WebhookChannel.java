package io.everstate.recovery.alert.webhook;

import io.everstate.contracts.wire.JsonFormat;
import io.everstate.recovery.alert.Alert;
import io.everstate.recovery.alert.AlertChannel;
import io.everstate.recovery.alert.AlertChannel.Answer.Accepted;
import io.everstate.recovery.alert.AlertChannel.Answer.Busy;
import io.everstate.recovery.alert.AlertChannel.Answer.Refused;
import io.everstate.recovery.alert.AlertChannel.Answer.Unreachable;
import io.everstate.recovery.alert.AlertConfig;
import io.everstate.recovery.platform.BoundedHttpClient;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Optional;

/**
 * POSTs {@link WebhookBody} to one address. The address is a secret: no answer, log line or exception of this class holds it. Redirects
 * are not followed, they could carry the message to somebody else.
 */
@Singleton
final class WebhookChannel implements AlertChannel {
    private static final int TOO_MANY = 429;

    private final Optional<URI> address;
    private final JsonFormat json;
    private final RetryAfter retryAfter;
    private final BoundedHttpClient client;

    WebhookChannel(AlertConfig config, JsonFormat json, Clock clock) {
        this.address = config.webhookUrl().map(WebhookChannel::checked);
        this.json = json;
        this.retryAfter = new RetryAfter(clock, config.retryBase(), config.retryMax());
        this.client = new BoundedHttpClient(config.timeout(), config.timeout());
    }

    private static URI checked(URI address) {
        var scheme = String.valueOf(address.getScheme());
        if ((scheme.equals("https") || scheme.equals("http")) && address.getHost() != null) {
            return address;
        }
        throw new IllegalArgumentException("everstate.alerts.webhook-url is no http or https address");
    }

    @Override
    public boolean configured() {
        return address.isPresent();
    }

    @Override
    public Answer send(Alert alert) {
        return address.map(url -> post(url, json.write(WebhookBody.of(alert))))
                .orElseGet(() -> new Unreachable("no webhook is configured"));
    }

    private Answer post(URI url, byte[] body) {
        var request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            return answer(client.send(request));
        } catch (IOException e) {
            // the class alone: messages of network exceptions may hold the address
            return new Unreachable("no answer (" + e.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unreachable("interrupted");
        }
    }

    private Answer answer(HttpResponse<Void> response) {
        var status = response.statusCode();
        var said = "the channel answered " + status;
        return switch (status / 100) {
            case 2 -> new Accepted();
            case 5 -> new Unreachable(said);
            default -> status == TOO_MANY ? new Busy(retryAfter.of(response.headers())) : new Refused(said);
        };
    }
}
