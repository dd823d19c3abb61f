package io.everstate.platform.launcher.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    @Test
    void verifiesItsOwnToken() {
        String token = at(NOW).token("alice", Set.of("viewer", "operator"), HOUR);

        assertThat(at(NOW).verify(token)).contains(new Caller("alice", Set.of("operator", "viewer"), NOW.plus(HOUR)));
    }

    @Test
    void writesTheClaimsThatMicroProfileReads() {
        String token = at(NOW).token("alice", Set.of("viewer", "operator"), HOUR);

        assertThat(decoded(token, 0)).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
        assertThat(decoded(token, 1))
                .startsWith("{\"iss\":\"everstate\",\"sub\":\"alice\",\"upn\":\"alice\","
                        + "\"groups\":[\"operator\",\"viewer\"],\"iat\":1767225600,\"exp\":1767229200,\"jti\":\"");
    }

    @Test
    void refusesAnExpiredToken() {
        String token = at(NOW).token("alice", Set.of("viewer"), HOUR);

        assertThat(at(NOW.plus(HOUR)).verify(token)).isEmpty();
    }

    @Test
    void refusesATokenOfAnotherKey(@TempDir Path elsewhere) {
        String token = Identity.in(elsewhere).token("alice", Set.of("admin"), HOUR);

        assertThat(Identity.in(directory).verify(token)).isEmpty();
    }

    @Test
    void refusesATokenWhoseClaimsWereChanged() {
        String[] parts = at(NOW).token("alice", Set.of("viewer"), HOUR).split("\\.", -1);
        String changed = decoded(String.join(".", parts), 1).replace("viewer", "admin");
        String forged = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];

        assertThat(at(NOW).verify(forged)).isEmpty();
    }

    @Test
    void refusesATokenThatSaysItNeedsNoSignature() {
        String claims = at(NOW).token("alice", Set.of("admin"), HOUR).split("\\.", -1)[1];
        String header = Base64.getUrlEncoder().encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(at(NOW).verify(header + "." + claims + ".")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c", "a.b.c.d", "ä.ö.ü", "\"", "e30.e30.e30"})
    void refusesWhatIsNoToken(String text) {
        assertThat(Identity.in(directory).verify(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a b", "line\nbreak"})
    void signsNoNameThatCouldBecomeAClaim(String name) {
        assertThatThrownBy(() -> at(NOW).token(name, Set.of("viewer"), HOUR))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsItsKeysOverARestart() {
        String token = at(NOW).token("alice", Set.of("viewer"), HOUR);

        assertThat(at(NOW).verify(token)).isPresent();
    }

    @Test
    void derivesALostPublicKeyFromThePrivateOne() throws IOException {
        Path publicKey = at(NOW).publicKeyFile();
        String before = Files.readString(publicKey);
        Files.delete(publicKey);

        Path again = at(NOW).publicKeyFile();

        assertThat(again).hasContent(before.strip());
    }

    @Test
    void keepsKeysAndTokensFromOtherUsers() throws IOException {
        Path token = directory.resolve("tokens/alice");
        at(NOW).writeToken(token, "alice", Set.of("viewer"), HOUR);

        for (Path secret : new Path[] {directory.resolve("private-key.pem"), token}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void namesTheFileThatHoldsNoKey() throws IOException {
        Files.writeString(directory.resolve("private-key.pem"), "not a key");

        assertThatThrownBy(() -> Identity.in(directory))
                .hasMessage(directory.resolve("private-key.pem") + " does not hold an RSA private key (PKCS #8, PEM)");
    }

    private Identity at(Instant instant) {
        return Identity.in(directory, Clock.fixed(instant, ZoneOffset.UTC));
    }

    private static String decoded(String token, int part) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[part]), StandardCharsets.UTF_8);
    }
}
