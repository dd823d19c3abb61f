package io.everstate.backup.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.archive.Samples.Stored;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.swap.CrashingDisk.Crash;
import io.everstate.backup.swap.SwapDirectory.Outcome;
import io.everstate.backup.testing.Leases;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Workspaces;
import io.everstate.backup.workspace.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SF11")
@Tag("BD9")
class SwapTest {
    private static final UUID ID = UUID.fromString("019aa6a2-0000-7000-8000-000000000009");
    private static final int ENOUGH = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    private ScratchWorkspace files;
    private Workspace workspace;
    private Map<String, String> before;
    private Map<String, String> after;

    /** Two files are replaced, one is new, one is new in a new directory, a link is new; the rest is to stay. */
    private final Stored archive = Samples.archive(writer -> {
        Samples.file(writer, ".env", "API_KEY=restored\n");
        Samples.directory(writer, "empty");
        Samples.file(writer, "logs/bot_state.json", "{\"restored\":true}");
        Samples.file(writer, "logs/old.log", "back again\n");
        Samples.file(writer, "models/v1/weights", "1 2 3");
        Samples.link(writer, "state", "logs/bot_state.json");
    });

    @BeforeEach
    void fresh() {
        renew(directory.resolve("workspace"));
        var expected = new java.util.TreeMap<>(before);
        expected.put(".env", "API_KEY=restored\n");
        expected.put("logs/bot_state.json", "{\"restored\":true}");
        expected.put("logs/old.log", "back again\n");
        expected.put("models/v1/weights", "1 2 3");
        expected.put("state", "-> logs/bot_state.json");
        after = expected;
    }

    private void renew(Path root) {
        files = ScratchWorkspace.in(root);
        workspace = Workspaces.at(root);
        before = files.content();
    }

    @Test
    void putsEveryFileInItsPlaceAndLeavesTheOthers() throws IOException {
        restore(new Disk(), Leases.held());

        assertThat(files.content()).isEqualTo(after);
        assertThat(files.path("empty")).isDirectory();
        assertThat(Files.getPosixFilePermissions(files.path(".env"))).isEqualTo(FileDress.permissions(0640));
        assertThat(Files.getLastModifiedTime(files.path(".env")).toInstant())
                .isEqualTo(archive.manifest().entries().getFirst().modifiedAt());
    }

    /** The heart of it: wherever the process ends, the next one finds only whole files, and makes them all old or all new. */
    @Test
    void isAllOldOrAllNewAfterAnEndBetweenAnyTwoWrites() throws IOException {
        var counting = new CrashingDisk(ENOUGH);
        restore(counting, Leases.held());
        var committed = 0;
        for (var crashAt = 0; crashAt < counting.writes(); crashAt++) {
            renew(directory.resolve("workspace-" + crashAt));
            crash(new CrashingDisk(crashAt));
            assertEveryFileIsWhole(crashAt);

            settleAll(new Disk());

            assertThat(files.content()).as("crash before write %d", crashAt).isIn(before, after);
            assertThat(workspace.ownDirectory().resolve("restore-" + ID)).doesNotExist();
            committed += files.content().equals(after) ? 1 : 0;
        }
        assertThat(committed).as("ends after the commit").isPositive().isLessThan(counting.writes());
    }

    /** Also the one that puts things right can end anywhere. */
    @Test
    void canBePutRightAgainAfterAnEndWhilePuttingRight() throws IOException {
        var counting = new CrashingDisk(ENOUGH);
        restore(counting, Leases.held());
        for (var first = counting.writes() - 14; first < counting.writes(); first++) {
            for (var second = 0; second < 9; second++) {
                renew(directory.resolve("workspace-" + first + "-" + second));
                crash(new CrashingDisk(first));
                try {
                    settleAll(new CrashingDisk(second));
                } catch (Crash e) {
                    assertEveryFileIsWhole(first);
                }

                settleAll(new Disk());

                assertThat(files.content())
                        .as("crashes before %d and %d", first, second)
                        .isIn(before, after);
            }
        }
    }

    @Test
    void putsBackWhatWasThereWhenTheContentIsNotWhatWasRestored() throws IOException {
        var swapDirectory = SwapDirectory.of(workspace, ID, new Disk(), Samples.JSON);
        var swap = new Swap(workspace, swapDirectory, new Disk());
        var staged = stage(swapDirectory, new Disk());
        var journal = swap.prepare(staged);
        swap.perform(journal, staged, Leases.held());
        files.write("logs/old.log", "somebody wrote here");

        assertThatThrownBy(() -> swap.validate(journal)).isInstanceOf(IOException.class);
        assertThat(swap.settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.content()).isEqualTo(before);
        assertThat(files.path("models")).doesNotExist();
        assertThat(files.path("empty")).doesNotExist();
    }

    @Test
    void stopsInTheMiddleWhenTheLeaseIsLost() throws IOException {
        var lost = new Lease(
                "workspace:default",
                1,
                Duration.ofSeconds(1),
                () -> Duration.ofSeconds(2).toNanos(),
                0);

        assertThatThrownBy(() -> restore(new Disk(), lost)).isInstanceOf(LeaseLostException.class);
        settleAll(new Disk());

        assertThat(files.content()).isEqualTo(before);
    }

    /** What somebody made meanwhile in a place that was not swapped yet is not ours to delete. */
    @Test
    void undoesOnlyWhatItDid() throws IOException {
        var swapDirectory = SwapDirectory.of(workspace, ID, new Disk(), Samples.JSON);
        new Swap(workspace, swapDirectory, new Disk()).prepare(stage(swapDirectory, new Disk()));
        files.write("logs/old.log", "somebody else's");

        settleAll(new Disk());

        assertThat(files.read("logs/old.log")).isEqualTo("somebody else's");
    }

    private void crash(CrashingDisk disk) throws IOException {
        try {
            restore(disk, Leases.held());
        } catch (Crash e) {
            return;
        }
        assertThat(disk.writes()).as("a crash was planned within the restore").isNegative();
    }

    private void assertEveryFileIsWhole(int crashAt) {
        files.content()
                .forEach((path, content) -> assertThat(content)
                        .as("%s after a crash before write %d", path, crashAt)
                        .isIn(before.get(path), after.get(path)));
    }

    private void settleAll(Disk disk) throws IOException {
        for (var left : SwapDirectory.left(workspace, disk, Samples.JSON)) {
            new Swap(workspace, left, disk).settle();
            left.remove();
        }
    }

    private void restore(Disk disk, Lease lease) throws IOException {
        var swapDirectory = SwapDirectory.of(workspace, ID, disk, Samples.JSON);
        var staged = stage(swapDirectory, disk);
        var swap = new Swap(workspace, swapDirectory, disk);
        var journal = swap.prepare(staged);
        swap.perform(journal, staged, lease);
        swap.validate(journal);
        swap.commit();
        assertThat(swapDirectory.findOutcome()).isEqualTo(Optional.of(Outcome.COMMITTED));
        swapDirectory.remove();
    }

    private Map<Entry, Integer> stage(SwapDirectory swapDirectory, Disk disk) throws IOException {
        swapDirectory.create();
        var staging =
                new Staging(swapDirectory, disk, List.copyOf(archive.manifest().entries()));
        new ArchiveVerifier(Samples.JSON)
                .verify(new ByteArrayInputStream(archive.archive()), archive.manifest(), staging);
        return staging.numbers();
    }
}
