package io.everstate.platform.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabasesTest {

    @Test
    void quotesThePassword() {
        assertThat(new Databases(List.of("state"), "it's").createLoginRole())
                .isEqualTo("CREATE ROLE everstate LOGIN CREATEDB PASSWORD 'it''s';");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "State", "a-b", "a b", "a;drop", "1a"})
    void refusesNamesThatWouldHaveToBeQuoted(String name) {
        assertThatThrownBy(() -> new Databases(List.of(name), "password"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines"})
    void refusesAPasswordThatIsNotOneLine(String password) {
        assertThatThrownBy(() -> new Databases(List.of("state"), password))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
