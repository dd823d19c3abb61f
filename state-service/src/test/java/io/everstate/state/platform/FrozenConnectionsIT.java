package io.everstate.state.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.state.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** What a replica leaves behind that stops in the middle of a COPY, without a replica. */
@Tag("SF11")
class FrozenConnectionsIT {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabase.empty();
    private final FrozenConnections connections = new FrozenConnections(database.transactions(), LONGEST);

    /** As the service connects, with a statement_timeout that is over before anybody looks. */
    private Connection connection(String application) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", database.database().user());
        properties.setProperty("password", database.database().password());
        properties.setProperty("ApplicationName", application);
        properties.setProperty("options", "-c statement_timeout=500 -c idle_in_transaction_session_timeout=500");
        return DriverManager.getConnection(database.database().url(), properties);
    }

    private void change(String... statements) {
        database.transactions().write(connection -> {
            for (var text : statements) {
                try (var statement = connection.prepareStatement(text)) {
                    statement.execute();
                }
            }
            return statements.length;
        });
    }

    /** Holds a row, has sent half of what it copies, and is silent then. */
    private static CopyIn silent(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("update held set number = 2")) {
            statement.executeUpdate();
        }
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy held (number) from stdin");
        var half = "3\n".getBytes(UTF_8);
        copy.writeToCopy(half, 0, half.length);
        copy.flushCopy();
        return copy;
    }

    @Test
    void whatAFrozenReplicaHoldsIsLetGo() throws SQLException {
        change("create table held (number int)", "insert into held values (1)");
        try (var frozen = connection("state-service");
                var another = connection("somebody-else")) {
            change("create table other (number int)");
            var copy = silent(frozen);
            var theirs = another.unwrap(PGConnection.class).getCopyAPI().copyIn("copy other (number) from stdin");

            await().pollDelay(LONGEST)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connections.end()).hasSize(1));

            change("update held set number = 4");
            assertThat(copy.isActive()).isTrue();
            assertThat(connections.end()).isEqualTo(List.of());
            assertThat(theirs.endCopy()).as("of another program").isZero();
        }
    }

    @Test
    void whatIsNotLateIsLeftAlone() throws SQLException {
        change("create table held (number int)", "insert into held values (1)");
        try (var busy = connection("state-service")) {
            var patient = new FrozenConnections(database.transactions(), PATIENCE);
            var copy = silent(busy);

            assertThat(patient.end()).isEmpty();

            assertThat(copy.endCopy()).isEqualTo(1);
        }
    }
}
