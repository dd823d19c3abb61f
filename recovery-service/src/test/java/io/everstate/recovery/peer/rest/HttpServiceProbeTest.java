package io.everstate.recovery.peer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.HalfAnswers;
import io.everstate.recovery.TestConfigurations;
import io.everstate.recovery.peer.PeerAddresses;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServiceProbeTest {
    private static HttpServiceProbe probeOf(URI url) {
        var keys = Map.of(
                "everstate.peers.bot-service", url.toString(),
                "everstate.peers.bot-service-management", url.toString());
        return new HttpServiceProbe(TestConfigurations.of(PeerAddresses.class, keys));
    }

    @Test
    @Timeout(20)
    void takesAnAnswerWhoseBodyStallsForNone() throws IOException {
        try (var half = new HalfAnswers()) {
            var health = probeOf(half.url()).health("bot-service");

            assertThat(health.answered()).isFalse();
            assertThat(health.finding()).isEqualTo("does not answer (HttpTimeoutException)");
        }
    }

    @Test
    @Timeout(20)
    void isNotReadyWhileTheBodyStalls() throws IOException {
        try (var half = new HalfAnswers()) {
            assertThat(probeOf(half.url()).ready("bot-service")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1", "https://127.0.0.1/"})
    void knocksAtTheSchemesPortWhereTheAddressNamesNone(String url) {
        var knock = probeOf(URI.create(url)).port("bot-service");

        assertThat(knock.finding()).startsWith("takes ");
    }
}
