package io.everstate.backup.restore.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.archive.Samples;
import io.everstate.contracts.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("BD9")
class SpaceTest {
    @TempDir
    Path root;

    @Test
    void countsWhatIsStagedInBlocks() throws IOException {
        var space = Space.of(root, List.of(Samples.sized("a", 1), Samples.sized("b", 4096)), true);

        assertThat(space.staged()).isEqualTo(3 * 4096);
        assertThat(space.copies()).isZero();
        assertThat(space.free()).isPositive();
    }

    @Test
    void countsCopiesOfWhatIsReplacedWhereThereAreNoHardLinks() throws IOException {
        Files.write(root.resolve("a"), new byte[10_000]);

        var space = Space.of(root, List.of(Samples.sized("a", 1)), false);

        assertThat(space.copies()).isEqualTo(3 * 4096);
    }

    @Test
    void refusesWhatWouldTakeTheReserve() {
        assertThatCode(() -> new Space(60, 20, 100).check(20)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Space(60, 21, 100).check(20))
                .isInstanceOf(ProblemException.class)
                .hasMessage(
                        "81 bytes are needed beside the present files, 21 for copies of what is replaced among them,"
                                + " 100 are free, and everstate.restore.reserve keeps 20");
    }

    @Test
    void refusesMoreThanAnyDiskHas() throws IOException {
        var space =
                Space.of(root, List.of(Samples.sized("a", Long.MAX_VALUE), Samples.sized("b", Long.MAX_VALUE)), true);

        assertThatThrownBy(() -> space.check(0)).isInstanceOf(ProblemException.class);
    }
}
