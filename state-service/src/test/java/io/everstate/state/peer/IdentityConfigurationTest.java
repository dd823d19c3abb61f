package io.everstate.state.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityConfigurationTest {
    @Test
    void hasNoTokenUnlessOneIsNamed() {
        assertThat(TestConfiguration.of(IdentityConfiguration.class, Map.of()).tokenFile())
                .isEmpty();
    }

    @Test
    void takesThisName() {
        var configuration = TestConfiguration.of(
                IdentityConfiguration.class, Map.of("everstate.identity.token-file", "/run/token"));

        assertThat(configuration.tokenFile()).contains(Path.of("/run/token"));
    }
}
