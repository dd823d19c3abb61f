package io.everstate.recovery.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.recovery.TestConfigurations;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerAddressesTest {
    @Test
    void knowsEachPeerByItsName() {
        var peers = TestConfigurations.of(
                PeerAddresses.class,
                Map.of(
                        "everstate.peers.bot-service", "http://bots:1",
                        "everstate.peers.bot-service-management", "http://bots:2",
                        "everstate.peers.supervisor", "http://here:3"));

        assertThat(peers.of("bot-service")).isEqualTo(URI.create("http://bots:1"));
        assertThat(peers.managementOf("bot-service")).isEqualTo(URI.create("http://bots:2"));
        assertThat(peers.supervisor()).contains(URI.create("http://here:3"));
    }

    @Test
    void namesTheKeyThatIsMissing() {
        var peers = TestConfigurations.of(PeerAddresses.class, Map.of());

        assertThat(peers.supervisor()).isEmpty();
        assertThatThrownBy(() -> peers.of("bot-service")).hasMessage("everstate.peers.bot-service is not set");
    }
}
