package io.everstate.state.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PostgreSQL itself ends what we have given up, on the connections of who asks and on those of the folding. */
@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class ConnectionLimitsIT {
    @Inject
    AgroalDataSource asking;

    @Inject
    @DataSource("folding")
    AgroalDataSource folding;

    private static String setting(AgroalDataSource connections, String name) throws SQLException {
        try (var connection = connections.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aStatementEndsBeforeTheDriverGivesItsConnectionUp() throws SQLException {
        for (var connections : List.of(asking, folding)) {
            assertThat(setting(connections, "statement_timeout")).isEqualTo("15s");
        }
    }

    /** Else who takes the partitions over waits for a replica that froze. */
    @Test
    void aTransactionInWhichNothingHappensEnds() throws SQLException {
        for (var connections : List.of(asking, folding)) {
            assertThat(setting(connections, "idle_in_transaction_session_timeout"))
                    .isEqualTo("10s");
        }
    }
}
