package io.everstate.recovery.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.platform.launcher.Ports;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.recovery.HalfAnswers;
import io.everstate.recovery.QuietProfile;
import io.everstate.recovery.plan.step.Peers;
import io.everstate.recovery.world.World;
import io.everstate.recovery.world.WorldServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(RestPeersIT.PeersProfile.class)
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "recovery"))
class RestPeersIT implements PeersContract {
    private static final List<String> NAMES = List.of(
            "bot-service",
            "bot-service-management",
            "state-service",
            "state-service-management",
            "backup-service",
            "backup-service-management",
            "supervisor");

    /** Chosen once, before the application starts; by whichever class loader asks first. */
    private static int portOf(String name) {
        var property = "test.port." + name;
        if (System.getProperty(property) == null) {
            System.setProperty(property, Ports.free(1).iterator().next().toString());
        }
        return Integer.getInteger(property);
    }

    public static final class PeersProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var keys = new HashMap<>(new QuietProfile().getConfigOverrides());
            for (var name : NAMES) {
                keys.put("everstate.peers." + name, "http://127.0.0.1:" + portOf(name));
            }
            return keys;
        }
    }

    @Inject
    Peers peers;

    private final World world = World.healthy(Clock.systemUTC());
    private WorldServers servers;

    @BeforeEach
    void serve() {
        var ports = new LinkedHashMap<String, Integer>();
        NAMES.forEach(name -> ports.put(name, portOf(name)));
        servers = new WorldServers(world, ports);
    }

    @AfterEach
    void close() {
        servers.close();
    }

    @Override
    public World world() {
        return world;
    }

    @Override
    public Peers peers() {
        return peers;
    }

    @Override
    public void kill(String service) {
        servers.kill(service);
    }

    @Test
    void givesUpAPeerThatTakesTheConnectionAndSaysNothing() throws IOException {
        servers.kill("bot-service");
        var port = portOf("bot-service");
        var begun = Instant.now();

        try (var _ = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> peers.fleet().bots())
                    .isInstanceOfSatisfying(
                            PeerException.class,
                            silent -> assertThat(silent.type().retryable()).isTrue());
        }

        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(20));
    }

    @Test
    @Timeout(60)
    void givesUpAPeerThatSendsTheHeadOfAnAnswerAndThenNothing() throws IOException {
        servers.kill("bot-service");
        var begun = Instant.now();

        try (var _ = new HalfAnswers(portOf("bot-service"))) {
            assertThatThrownBy(() -> peers.fleet().bots())
                    .isInstanceOfSatisfying(
                            PeerException.class,
                            stalled -> assertThat(stalled.type().retryable()).isTrue());
        }

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }
}
