package io.everstate.backup.sealcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealFindingsTest {
    private static final UUID BACKUP = new UUID(1, 2);

    @Test
    void keepsWhatCanBeKeptAsItIs() {
        var finding = new Finding(Kind.FOREIGN, "seals/default/notes.txt", BACKUP, "nothing", "it is no seal");

        assertThat(SealFindings.printable(finding)).isEqualTo(finding);
    }

    @Test
    void keepsNoControlCharactersAndNoLongTexts() {
        var printable =
                SealFindings.printable(new Finding(Kind.FOREIGN, "seals/\0", BACKUP, "a\nb", "x".repeat(60_000)));

        assertThat(printable)
                .isEqualTo(new Finding(Kind.FOREIGN, "seals/\uFFFD", BACKUP, "a\uFFFDb", "x".repeat(1024)));
    }
}
