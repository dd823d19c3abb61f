package io.everstate.backup.testing;

import io.everstate.platform.testkit.TestPlatform;
import java.util.Map;

/** For a service with a bucket of its own: a catalogue that knows backups in another bucket has the missing one not made. */
final class OwnDatabase {
    private OwnDatabase() {}

    static Map<String, String> configuration() {
        var database = TestPlatform.shared().newDatabase();
        return Map.of(
                "quarkus.datasource.jdbc.url", database.url(),
                "quarkus.datasource.username", database.user(),
                "quarkus.datasource.password", database.password());
    }
}
