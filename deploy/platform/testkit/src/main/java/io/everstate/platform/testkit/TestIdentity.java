package io.everstate.platform.testkit;

import io.everstate.platform.launcher.identity.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Tokens for tests, good and bad, of one key pair a JVM. */
public final class TestIdentity {

    private static final Supplier<TestIdentity> SHARED =
            new Once<>(() -> new TestIdentity(TestDirectory.ofThisJvm("identity")));
    private static final List<String> LADDER = List.of("viewer", "operator", "admin");
    private static final Duration VALID = Duration.ofHours(12);
    private static final Duration LONG_AGO = Duration.ofDays(7);

    private final Path directory;
    private final Identity identity;

    private TestIdentity(Path directory) {
        this.directory = directory;
        this.identity = Identity.in(directory);
        if (!Files.exists(serviceTokenFile())) {
            identity.writeToken(serviceTokenFile(), "service", Set.copyOf(LADDER), VALID);
        }
    }

    public static TestIdentity shared() {
        return SHARED.get();
    }

    /** A token with this role and those below it: viewer, operator, admin. Other roles, as bot, stand alone. */
    public String token(String role) {
        return tokenFor("test-" + role, roles(role).toArray(String[]::new));
    }

    /** A token with exactly these roles. */
    public String tokenFor(String name, String... roles) {
        return identity.token(name, Set.of(roles), VALID);
    }

    /** A token that was right a week ago. */
    public String expiredToken(String role) {
        Clock then = Clock.offset(Clock.systemUTC(), LONG_AGO.negated());
        return Identity.in(directory, then).token("test-" + role, roles(role), VALID);
    }

    /** A token that says the right things, signed by somebody else. */
    public String foreignToken(String role) {
        return Identity.in(TestDirectory.create("foreign-identity")).token("test-" + role, roles(role), VALID);
    }

    public Path publicKeyFile() {
        return identity.publicKeyFile();
    }

    /** A file with a token of a service account: viewer, operator and admin. */
    public Path serviceTokenFile() {
        return directory.resolve("service.token").toAbsolutePath();
    }

    private static Set<String> roles(String highest) {
        int position = LADDER.indexOf(highest);
        return position < 0 ? Set.of(highest) : Set.copyOf(LADDER.subList(0, position + 1));
    }
}
