package io.everstate.backup.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.swap.CrashingDisk.Crash;
import io.everstate.backup.testing.Leases;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process ends between two writes, and the next one puts right what it finds. */
@Tag("SF11")
@Tag("BD9")
class SwapCrashTest {
    private static final int ENOUGH = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    /** The heart of it: wherever the process ends, the next one finds only whole files, and makes them all old or all new. */
    @Test
    void isAllOldOrAllNewAfterAnEndBetweenAnyTwoWrites() throws IOException {
        var writes = writesOfAll();
        var committed = 0;
        for (var crashAt = 0; crashAt < writes; crashAt++) {
            var restore = workspace("workspace-" + crashAt);
            crash(restore, new CrashingDisk(crashAt));
            assertEveryFileIsWhole(restore, crashAt);

            restore.settleAll(new Disk());

            assertThat(restore.files.content())
                    .as("crash before write %d", crashAt)
                    .isIn(restore.before, restore.after);
            assertThat(restore.workspace.ownDirectory().resolve("restore-" + SampleRestore.ID))
                    .doesNotExist();
            committed += restore.files.content().equals(restore.after) ? 1 : 0;
        }
        assertThat(committed).as("ends after the commit").isPositive().isLessThan(writes);
    }

    /** Also the one that puts things right can end anywhere. */
    @Test
    void canBePutRightAgainAfterAnEndWhilePuttingRight() throws IOException {
        var writes = writesOfAll();
        for (var first = writes - 20; first < writes; first += 4) {
            for (var second = 0; second < 24; second++) {
                var restore = workspace("workspace-" + first + "-" + second);
                crash(restore, new CrashingDisk(first));
                try {
                    restore.settleAll(new CrashingDisk(second));
                } catch (Crash e) {
                    assertEveryFileIsWhole(restore, first);
                }

                restore.settleAll(new Disk());

                assertThat(restore.files.content())
                        .as("crashes before %d and %d", first, second)
                        .isIn(restore.before, restore.after);
            }
        }
    }

    private SampleRestore workspace(String name) {
        return new SampleRestore(directory.resolve(name));
    }

    private int writesOfAll() throws IOException {
        var counting = new CrashingDisk(ENOUGH);
        workspace("workspace").carryOut(counting, Leases.held());
        return counting.writes();
    }

    private static void crash(SampleRestore restore, CrashingDisk disk) throws IOException {
        try {
            restore.carryOut(disk, Leases.held());
        } catch (Crash e) {
            return;
        }
        assertThat(disk.writes()).as("a crash was planned within the restore").isNegative();
    }

    private static void assertEveryFileIsWhole(SampleRestore restore, int crashAt) {
        restore.files
                .content()
                .forEach((path, content) -> assertThat(content)
                        .as("%s after a crash before write %d", path, crashAt)
                        .isIn(restore.before.get(path), restore.after.get(path)));
    }
}
