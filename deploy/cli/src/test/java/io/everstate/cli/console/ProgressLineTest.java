package io.everstate.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream screen = new PrintStream(written, true, UTF_8);

    @Test
    void writesOverWhatItShowedAndLeavesNothing() {
        ProgressLine line = new ProgressLine(screen, true);

        line.show("10 %");
        line.show("20 %");
        line.end();
        line.end();

        assertThat(written.toString(UTF_8)).isEqualTo("\r\u001b[K10 %\r\u001b[K20 %\r\u001b[K");
    }

    @Test
    void writesNothingWhereNobodyLooks() {
        ProgressLine line = new ProgressLine(screen, false);

        line.show("10 %");
        line.end();

        assertThat(written.toString(UTF_8)).isEmpty();
    }

    @Test
    void saysHowMuchIsDone() {
        assertThat(ProgressLine.share(4_200_000, 12_300_000)).isEqualTo("34 % of 12.3 MB");
        assertThat(ProgressLine.share(0, 0)).isEqualTo("100 % of 0.0 MB");
        assertThat(ProgressLine.share(11, 10)).as("a log that grew meanwhile").isEqualTo("100 % of 0.0 MB");
    }
}
