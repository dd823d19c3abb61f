package io.everstate.backup.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.swap.CrashingDisk.Crash;
import io.everstate.backup.testing.Leases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power is cut between two writes of a restore that forces them together: what was not forced is lost, and the next start puts right what it finds. */
@Tag("SF11")
@Tag("BD9")
class PowerCutTest {
    private static final int ENOUGH = Integer.MAX_VALUE;
    private static final String LOG = SampleRestore.DATABASE + "-wal";

    @TempDir
    Path directory;

    @Test
    void isAllOldOrAllNewWhenNoNameIsLost() throws IOException {
        isAllOldOrAllNew(_ -> 0);
    }

    @Test
    void isAllOldOrAllNewWhenHalfOfTheNamesAreLost() throws IOException {
        isAllOldOrAllNew(names -> names / 2);
    }

    @Test
    void isAllOldOrAllNewWhenAllNamesAreLost() throws IOException {
        isAllOldOrAllNew(names -> names);
    }

    private void isAllOldOrAllNew(IntUnaryOperator lost) throws IOException {
        var writes = writesOfAll();
        var committed = 0;
        for (var cutAt = 0; cutAt < writes; cutAt++) {
            var restore = workspace("workspace-" + cutAt);
            restoreUntilTheCut(restore, cutAt, lost);
            assertEveryFileIsWhole(restore, cutAt);
            var done = Files.exists(own(restore).resolve("outcome"));

            restore.settleAll(new Disk());

            if (done) {
                assertThat(restore.files.content())
                        .as("committed, cut at %d", cutAt)
                        .isEqualTo(restore.after);
            }
            assertThat(restore.files.content()).as("cut at %d", cutAt).isIn(restore.before, restore.after);
            assertThat(own(restore)).doesNotExist();
            committed += restore.files.content().equals(restore.after) ? 1 : 0;
        }
        assertThat(committed).as("cuts after the commit").isPositive().isLessThan(writes);
    }

    /** The start after the cut loses its power, too. */
    @Test
    void isPutRightAgainAfterACutWhilePuttingRight() throws IOException {
        var writes = writesOfAll();
        for (var first = writes - 16; first < writes; first++) {
            for (var second = 0; second < 20; second++) {
                var restore = workspace("workspace-%d-%d".formatted(first, second));
                restoreUntilTheCut(restore, first, _ -> 0);
                settleUntilTheCut(restore, second);
                assertEveryFileIsWhole(restore, first);

                restore.settleAll(new Disk());

                assertThat(restore.files.content())
                        .as("cuts at %d and %d", first, second)
                        .isIn(restore.before, restore.after);
            }
        }
    }

    /** SQLite would play the log into a database that is still the restored one: who starts a bot before the service has destroyed it. */
    @Test
    void anUndoThatIsCutLeavesNoOldLogBesideARestoredDatabase() throws IOException {
        var came = 0;
        for (var cutAt = 0; cutAt < 40; cutAt++) {
            for (var lost = 0; lost < 6; lost++) {
                var restore = workspace("workspace-%d-%d".formatted(cutAt, lost));
                performed(restore);
                var disk = new PowerCutDisk(attic(restore, "-second-attic"), cutAt);
                try {
                    restore.settleAll(disk);
                } catch (Crash e) {
                    disk.cutPowerLosingTheFirst(lost);
                }

                var content = restore.files.content();
                if (content.containsKey(LOG)) {
                    came++;
                    assertThat(content.get(SampleRestore.DATABASE))
                            .as("beside its log, cut at %d with %d names lost", cutAt, lost)
                            .isEqualTo(restore.before.get(SampleRestore.DATABASE));
                }
            }
        }
        assertThat(came).as("cuts after the log came back").isPositive();
    }

    /** All is in its place, on the disk, and nothing committed. */
    private void performed(SampleRestore restore) throws IOException {
        var disk = new PowerCutDisk(attic(restore, "-attic"), ENOUGH);
        restore.perform(disk);
        disk.flush();
        disk.cutPower(0);
    }

    private SampleRestore workspace(String name) throws IOException {
        Files.createDirectory(directory.resolve(name + "-attic"));
        Files.createDirectory(directory.resolve(name + "-second-attic"));
        return new SampleRestore(directory.resolve(name));
    }

    private Path attic(SampleRestore restore, String suffix) {
        return directory.resolve(restore.workspace.root().getFileName() + suffix);
    }

    private static Path own(SampleRestore restore) {
        return restore.workspace.ownDirectory().resolve("restore-" + SampleRestore.ID);
    }

    private int writesOfAll() throws IOException {
        var restore = workspace("workspace");
        var counting = new PowerCutDisk(attic(restore, "-attic"), ENOUGH);
        restore.carryOut(counting, Leases.held());
        assertThat(counting.unforcedNames()).as("names that nobody forced").isZero();
        return counting.writes();
    }

    private void restoreUntilTheCut(SampleRestore restore, int cutAt, IntUnaryOperator lost) throws IOException {
        var disk = new PowerCutDisk(attic(restore, "-attic"), cutAt);
        try {
            restore.carryOut(disk, Leases.held());
        } catch (Crash e) {
            disk.cutPower(lost.applyAsInt(disk.unforcedNames()));
            return;
        }
        assertThat(disk.writes()).as("a cut was planned within the restore").isNegative();
    }

    private void settleUntilTheCut(SampleRestore restore, int cutAt) throws IOException {
        var disk = new PowerCutDisk(attic(restore, "-second-attic"), cutAt);
        try {
            restore.settleAll(disk);
        } catch (Crash e) {
            disk.cutPower(disk.unforcedNames() / 2);
        }
    }

    private static void assertEveryFileIsWhole(SampleRestore restore, int cutAt) {
        restore.files
                .content()
                .forEach((path, content) -> assertThat(content)
                        .as("%s after a cut at write %d", path, cutAt)
                        .isIn(restore.before.get(path), restore.after.get(path)));
    }
}
