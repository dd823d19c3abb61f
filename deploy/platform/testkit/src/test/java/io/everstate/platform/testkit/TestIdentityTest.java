package io.everstate.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.platform.launcher.identity.Caller;
import io.everstate.platform.launcher.identity.Identity;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class TestIdentityTest {

    private final TestIdentity identity = TestIdentity.shared();
    private final Identity verifier = Identity.in(identity.publicKeyFile().resolveSibling(""));

    @Test
    void givesARoleAllThatTheRolesBelowItMay() {
        assertThat(verifier.verify(identity.token("operator")))
                .map(Caller::roles)
                .hasValueSatisfying(roles -> assertThat(roles).containsExactlyInAnyOrder("viewer", "operator"));
    }

    @Test
    void givesTheRoleOfABotNothingElse() {
        assertThat(verifier.verify(identity.token("bot")))
                .map(Caller::roles)
                .hasValueSatisfying(roles -> assertThat(roles).containsExactly("bot"));
    }

    @Test
    void makesTokensThatMustBeRefused() {
        assertThat(verifier.verify(identity.expiredToken("admin"))).isEmpty();
        assertThat(verifier.verify(identity.foreignToken("admin"))).isEmpty();
    }

    @Test
    void keepsATokenForServicesInAFile() throws IOException {
        String token = Files.readString(identity.serviceTokenFile()).strip();

        assertThat(verifier.verify(token)).map(Caller::name).contains("service");
    }
}
