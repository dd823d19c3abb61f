package io.everstate.cli.suite;

import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.ServiceName;
import io.everstate.platform.launcher.Secrets;
import io.everstate.platform.launcher.identity.Identity;
import java.time.Duration;
import java.util.Set;

/**
 * The keys, passwords and tokens of one machine, made at the first start, readable by their owner only. Tokens last {@link #TTL} and
 * are written anew at each start and every {@link #RENEWAL} while the suite runs; who holds one reads the file each time.
 */
record Credentials(DataDirectory data, Identity identity, Secrets secrets) {

    static final Duration TTL = Duration.ofDays(30);
    static final Duration RENEWAL = Duration.ofDays(1);

    private static final Set<String> VIEWER = Set.of("viewer");
    private static final Set<String> OPERATOR = Set.of("viewer", "operator");
    private static final Set<String> ADMIN = Set.of("viewer", "operator", "admin");

    static Credentials in(DataDirectory data) {
        return new Credentials(data, Identity.in(data.identity()), Secrets.in(data.platform()));
    }

    void writeTokens() {
        write("viewer", VIEWER);
        write("operator", OPERATOR);
        write("admin", ADMIN);
        for (String service : ServiceName.texts()) {
            write(service, ADMIN);
        }
    }

    private void write(String name, Set<String> roles) {
        identity.writeToken(data.token(name), name, roles, TTL);
    }
}
