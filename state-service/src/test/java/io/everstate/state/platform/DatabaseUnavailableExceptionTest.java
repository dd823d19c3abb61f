package io.everstate.state.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUnavailableExceptionTest {
    /** The connection is lost; deadlock, serialization; disk full, too many; cancelled, shut down, crashed, starting; interrupted to connect. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "08001", "40P01", "40001", "53100", "53300", "57014", "57P01", "57P02", "57P03", "25P03",
                "99999"
            })
    void whatTheDatabaseMayOvercomeIsTriedAgain(String state) {
        assertThat(DatabaseUnavailableException.explains(new SQLException("why", state)))
                .isTrue();
    }

    /** Unique violation, syntax, a table that is not there. */
    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "42P01"})
    void whatIsWrongWithTheStatementIsNot(String state) {
        assertThat(DatabaseUnavailableException.explains(new SQLException("why", state)))
                .isFalse();
    }

    @Test
    void aPoolWithoutAFreeConnectionIsTriedAgain() {
        assertThat(DatabaseUnavailableException.explains(new SQLException("acquisition timeout while waiting")))
                .isTrue();
        assertThat(DatabaseUnavailableException.explains(new SQLTransientConnectionException("later", "99999")))
                .isTrue();
    }
}
