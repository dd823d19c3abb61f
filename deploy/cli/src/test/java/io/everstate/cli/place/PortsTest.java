package io.everstate.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void hasTheDocumentedDefaults() {
        var ports = Ports.of(0, Map.of(), Map.of());

        assertThat(ports.of(PortName.KAFKA)).isEqualTo(19092);
        assertThat(ports.of(PortName.POSTGRES)).isEqualTo(15432);
        assertThat(ports.of(PortName.S3)).isEqualTo(19000);
        assertThat(ports.of(PortName.BOT_SERVICE)).isEqualTo(8081);
        assertThat(ports.of(PortName.RECOVERY_SERVICE_MANAGEMENT)).isEqualTo(9084);
        assertThat(ports.of(PortName.SUPERVISOR)).isEqualTo(8090);
    }

    @Test
    void letsTheCommandLineBeatTheEnvironmentAndThatTheOffset() {
        var ports = Ports.of(
                100,
                Map.of("bot-service", 7001),
                Map.of("EVERSTATE_PORT_BOT_SERVICE", "7002", "EVERSTATE_PORT_STATE_SERVICE", "7003"));

        assertThat(ports.of(PortName.BOT_SERVICE)).isEqualTo(7001);
        assertThat(ports.of(PortName.STATE_SERVICE)).isEqualTo(7003);
        assertThat(ports.of(PortName.BACKUP_SERVICE)).isEqualTo(8183);
    }

    @Test
    void refusesAnUnknownNameAndShowsTheKnownOnes() {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> Ports.of(0, Map.of("bots", 1), Map.of()))
                .withMessageContaining("\"bots\"")
                .withMessageContaining("bot-service-management")
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void refusesOnePortForTwo() {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> Ports.of(0, Map.of("s3", 15432), Map.of()))
                .withMessageContaining("15432");
    }

    @Test
    void namesATakenPortAndHowToChooseAnother() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<PortName, Integer> numbers = new EnumMap<>(Ports.free().numbers());
            numbers.put(PortName.STATE_SERVICE, taken.getLocalPort());
            var ports = new Ports(numbers);

            assertThatExceptionOfType(CommandFailedException.class)
                    .isThrownBy(ports::requireFree)
                    .withMessageContaining("port " + taken.getLocalPort() + " for state-service is taken")
                    .withMessageContaining("--port state-service=")
                    .withMessageContaining("EVERSTATE_PORT_STATE_SERVICE");
        }
    }
}
