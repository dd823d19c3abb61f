package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListColumnsTest {
    private static final List<String> PARTS = List.of(
            "",
            "a",
            "b",
            "ab",
            "a=b",
            "=",
            "a\0",
            "\0",
            "a\0b",
            "x".repeat(198),
            "x".repeat(199),
            "x".repeat(200),
            "x".repeat(300));

    /** Each name with each value, against the text of each other pair. */
    @Test
    void aLabelIsToldWithoutItsTextAsItIsByIt() {
        var texts = PARTS.stream()
                .flatMap(name -> PARTS.stream().map(value -> ListColumns.label(name, value)))
                .distinct()
                .toList();

        for (var name : PARTS) {
            for (var value : PARTS) {
                assertThat(texts)
                        .allSatisfy(text -> assertThat(ListColumns.isLabel(name, value, text))
                                .isEqualTo(ListColumns.label(name, value).equals(text)));
            }
        }
    }
}
