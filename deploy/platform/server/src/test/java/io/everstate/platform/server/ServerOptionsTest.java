package io.everstate.platform.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.platform.server.ServerOptions.Switch;
import io.everstate.platform.server.part.RefusedStartException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionsTest {

    private static final Map<String, String> SECRETS = Map.of(
            "EVERSTATE_PLATFORM_POSTGRES_PASSWORD", "password",
            "EVERSTATE_PLATFORM_S3_ACCESS_KEY", "access",
            "EVERSTATE_PLATFORM_S3_SECRET_KEY", "secret");

    @Test
    void haveTheDocumentedDefaults() {
        ServerOptions options = ServerOptions.of(List.of("--data", "/data"), SECRETS);

        assertThat(options.data()).isEqualTo(Path.of("/data"));
        assertThat(options.binaries()).isEqualTo(Path.of("/data/postgres-programs"));
        assertThat(options.ports()).isEqualTo(new PortPlan(19092, 19093, 15432, 19000, 19001));
        assertThat(options.databases().names()).containsExactly("state", "backup", "recovery");
        assertThat(options.switches()).isEmpty();
    }

    @Test
    void areReadFromTheEnvironmentToo() {
        Map<String, String> environment = new HashMap<>(SECRETS);
        environment.put("EVERSTATE_PLATFORM_DATA", "/data");
        environment.put("EVERSTATE_PLATFORM_KAFKA_PORT", "1001");
        environment.put("EVERSTATE_PLATFORM_S3_PORT", "1002");

        ServerOptions options = ServerOptions.of(List.of("--s3-port", "1003"), environment);

        assertThat(options.ports().kafka()).isEqualTo(1001);
        assertThat(options.ports().s3()).as("the argument wins").isEqualTo(1003);
    }

    @Test
    void knowTheSwitches() {
        ServerOptions options =
                ServerOptions.of(List.of("--control", "--data", "/data", "--exit-with-parent"), SECRETS);

        assertThat(options.switches()).containsExactlyInAnyOrder(Switch.CONTROL, Switch.EXIT_WITH_PARENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EVERSTATE_PLATFORM_POSTGRES_PASSWORD",
                "EVERSTATE_PLATFORM_S3_ACCESS_KEY",
                "EVERSTATE_PLATFORM_S3_SECRET_KEY"
            })
    void nameTheSecretThatIsMissing(String variable) {
        Map<String, String> environment = new HashMap<>(SECRETS);
        environment.remove(variable);

        assertThatThrownBy(() -> ServerOptions.of(List.of("--data", "/data"), environment))
                .isInstanceOf(RefusedStartException.class)
                .hasMessage(variable + " is missing in the environment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "", "99999999999"})
    void refuseWhatIsNoPort(String port) {
        assertThatThrownBy(() -> ServerOptions.of(List.of("--data", "/data", "--s3-port", port), SECRETS))
                .isInstanceOf(RefusedStartException.class)
                .hasMessage("--s3-port is not a port: " + port);
    }

    @Test
    void refuseAnOptionThatNobodyKnows() {
        assertThatThrownBy(() -> ServerOptions.of(List.of("--data", "/data", "--kafka", "1"), SECRETS))
                .isInstanceOf(RefusedStartException.class)
                .hasMessage("unknown option or missing value: --kafka");
    }

    @Test
    void refuseToRunNowhere() {
        assertThatThrownBy(() -> ServerOptions.of(List.of(), SECRETS))
                .isInstanceOf(RefusedStartException.class)
                .hasMessage("--data or EVERSTATE_PLATFORM_DATA is missing");
    }

    @Test
    void showNoSecret() {
        ServerOptions options = ServerOptions.of(List.of("--data", "/data"), SECRETS);

        assertThat(options.toString()).doesNotContain("password", "secret");
    }
}
