package io.everstate.recovery.alert.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.alert.Alert;
import io.everstate.recovery.alert.AlertKind;
import io.everstate.recovery.platform.JacksonFormat;
import io.everstate.recovery.world.WorldServers;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("BD13")
class WebhookBodyTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @EnumSource(AlertKind.class)
    void writesTheWebhookBodyThatTheGoldenFileHolds(AlertKind kind) throws IOException {
        var body = new JacksonFormat(WorldServers.JSON).write(WebhookBody.of(Alert.of(kind, "What happened.", AT)));

        try (var golden = getClass().getResourceAsStream("/golden/webhook/" + kind.label() + ".json")) {
            var expected = new String(Objects.requireNonNull(golden).readAllBytes(), UTF_8).strip();
            assertThat(new String(body, UTF_8)).isEqualTo(expected);
        }
    }
}
