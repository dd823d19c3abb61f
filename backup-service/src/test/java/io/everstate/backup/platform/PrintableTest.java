package io.everstate.backup.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void hasNoControlCharacterAndIsTheSameElse() {
        assertThat(Printable.of("workspace/a\0b\nc\u001b[2J\u0085é😀"))
                .isEqualTo("workspace/a\uFFFDb\uFFFDc\uFFFD[2J\uFFFDé😀");
    }
}
