package io.everstate.backup.swap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.swap.SwapDirectory.Outcome;
import io.everstate.backup.testing.Leases;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.contracts.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is replaced that the safety backup does not hold as it is. */
@Tag("SF11")
@Tag("BD9")
class SwapSafetyTest {
    private static final String OPENED = "added/deep/model-wal";

    @TempDir
    Path directory;

    private SampleRestore restore;
    private ScratchWorkspace files;
    private StagedSwap staged;

    @BeforeEach
    void staged() throws IOException {
        restore = new SampleRestore(directory.resolve("workspace"));
        files = restore.files;
        staged = restore.stage(new Disk());
    }

    @Test
    void replacesNothingThatTheSafetyBackupDoesNotHold() throws IOException {
        var safety = restore.wayBackWithout("logs/bot_state.json");

        assertThatThrownBy(() -> staged.prepare(safety))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not hold logs/bot_state.json");

        assertThat(staged.swap().settle()).as("nothing was changed").isEmpty();
        assertThat(files.content()).isEqualTo(restore.before);
    }

    @Test
    void replacesNothingThatWasWrittenAfterTheSafetyBackupReadIt() {
        var safety = restore.wayBack();
        files.write(".env", "API_KEY=newer\n");

        assertThatThrownBy(() -> staged.prepare(safety))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(".env was written");

        assertThat(files.read(".env")).isEqualTo("API_KEY=newer\n");
    }

    @Test
    void takesAwayNoLogThatTheSafetyBackupDoesNotHold() {
        var safety = restore.wayBackWithout("tradesv3.sqlite-wal");

        assertThatThrownBy(() -> staged.prepare(safety))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not hold tradesv3.sqlite-wal");

        assertThat(files.content()).isEqualTo(restore.before);
    }

    /** A bot that was started meanwhile has committed to it. */
    @Test
    void takesAwayNoLogThatWasWrittenSince() throws IOException {
        var safety = restore.wayBack();
        var journal = staged.prepare(safety);
        files.write("tradesv3.sqlite-wal", "newer commits");

        assertThatThrownBy(() -> staged.perform(journal, safety, Leases.held())).isInstanceOf(ProblemException.class);
        assertThat(staged.swap().settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.read("tradesv3.sqlite-wal")).isEqualTo("newer commits");
        assertThat(files.read("tradesv3.sqlite")).isEqualTo(restore.before.get("tradesv3.sqlite"));
    }

    /** The safety backup holds what was written, but nobody said that it may go. */
    @Test
    void removesNothingThatIsAnotherThanWhatWasToGo() throws IOException {
        files.write("added/deep/model", "learned since");
        var safety = restore.wayBack();

        assertThatThrownBy(() -> staged.prepare(safety))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("added/deep/model was written while it was to be removed");
    }

    @Test
    void namesAllThatItReplacesOrTakesAway() throws IOException {
        assertThat(staged.swap().replaced(staged.entries(), staged.removal()))
                .containsExactlyInAnyOrder(
                        ".env",
                        "logs/bot_state.json",
                        "logs/old.log",
                        "models/v1/weights",
                        "state",
                        "tradesv3.sqlite",
                        "tradesv3.sqlite-wal",
                        "tradesv3.sqlite-shm",
                        "added/deep/model",
                        "added/link");
    }

    /** As bots write their state: a new file takes the name of the old one. */
    @Test
    void replacesNoFileThatTookTheNameOfTheOneItKept() throws IOException {
        var safety = restore.wayBack();
        var journal = staged.prepare(safety);
        files.write("logs/new", "{\"newest\":true}");
        Files.move(files.path("logs/new"), files.path("logs/bot_state.json"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> staged.perform(journal, safety, Leases.held())).isInstanceOf(ProblemException.class);
        assertThat(staged.swap().settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.read("logs/bot_state.json")).isEqualTo("{\"newest\":true}");
        assertThat(files.read(".env")).isEqualTo(restore.before.get(".env"));
    }

    /** A program that had the old file open goes on writing to it, and no name leads there any more. */
    @Test
    void doesNotCommitWhenWhatItReplacedWasWrittenTo() throws IOException {
        var safety = restore.wayBack();
        var journal = staged.prepare(safety);
        try (var open = Files.newOutputStream(files.path(".env"), StandardOpenOption.APPEND)) {
            staged.perform(journal, safety, Leases.held());
            open.write("LATE=1\n".getBytes(UTF_8));
        }

        assertThatThrownBy(() -> staged.swap().validate(journal, safety)).isInstanceOf(ProblemException.class);
        assertThat(staged.swap().settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.read(".env")).isEqualTo(restore.before.get(".env") + "LATE=1\n");
    }

    /** What a bot has committed since may be in the log alone, and it would go on writing to a file without a name. */
    @Test
    void removesNoDatabaseThatWasOpenedBeforeTheSwap() throws IOException {
        files.write(OPENED, "committed");
        var before = files.content();
        var safety = restore.wayBack();

        assertThatThrownBy(() -> staged.prepare(safety))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("added/deep/model was opened while it was to be removed: " + OPENED);

        assertThat(staged.swap().settle()).as("nothing was changed").isEmpty();
        assertThat(files.content()).isEqualTo(before);
    }

    @Test
    void removesNoDatabaseThatWasOpenedWhileOthersWereSwapped() throws IOException {
        var safety = restore.wayBack();
        var journal = staged.prepare(safety);
        files.write(OPENED, "committed");
        var before = files.content();

        assertThatThrownBy(() -> staged.perform(journal, safety, Leases.held()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("added/deep/model was opened");
        assertThat(staged.swap().settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.content()).isEqualTo(before);
    }

    /** Its log comes when it writes for the first time. */
    @Test
    void putsADatabaseBackThatWasOpenWhenItWasTaken() throws IOException {
        var safety = restore.wayBack();
        var journal = staged.prepare(safety);
        staged.perform(journal, safety, Leases.held());
        files.write(OPENED, "committed");

        assertThatThrownBy(() -> staged.swap().validate(journal, safety))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("added/deep/model was opened");
        assertThat(staged.swap().settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.content()).containsAllEntriesOf(restore.before).containsEntry(OPENED, "committed");
    }
}
