package io.everstate.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void alignsWordsToTheLeftAndNumbersToTheRight() {
        var table = new Table("NAME", "TRADES", "AFTER").row("a", 5, "1.5 s").row("longer", 1_234, "-");

        assertThat(table.render()).isEqualTo("""
                        NAME    TRADES  AFTER
                        a            5  1.5 s
                        longer    1234      -""");
    }

    @Test
    void showsItsHeadingsWithoutRows() {
        assertThat(new Table("NAME", "STATE").render()).isEqualTo("NAME  STATE");
    }

    @Test
    void refusesARowOfAnotherLength() {
        var table = new Table("NAME", "STATE");

        assertThatIllegalArgumentException().isThrownBy(() -> table.row("a"));
    }
}
