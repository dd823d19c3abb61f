package io.everstate.backup.swap;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.everstate.contracts.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
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
    void putsBackWhatWasThereAndKeepsWhatWasWrittenSince() throws IOException {
        var swapDirectory = SwapDirectory.of(workspace, ID, new Disk(), Samples.JSON);
        var swap = new Swap(workspace, swapDirectory, new Disk());
        var staged = stage(swapDirectory, new Disk());
        var wayBack = wayBack();
        var journal = swap.prepare(staged, wayBack);
        swap.perform(journal, staged, wayBack, Leases.held());
        files.write("logs/old.log", "somebody wrote here");

        assertThatThrownBy(() -> swap.validate(journal, wayBack)).isInstanceOf(IOException.class);
        assertThat(swap.settle()).contains(Outcome.ROLLED_BACK);
        swapDirectory.remove();

        assertThat(files.content()).isEqualTo(before);
        assertThat(kept("written-since/logs/old.log")).hasContent("somebody wrote here");
        assertThat(swapDirectory.findKept()).contains(Path.of(".everstate/kept-" + ID));
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
        new Swap(workspace, swapDirectory, new Disk()).prepare(stage(swapDirectory, new Disk()), wayBack());
        files.write("logs/old.log", "somebody else's");

        settleAll(new Disk());

        assertThat(files.read("logs/old.log")).isEqualTo("somebody else's");
    }

    @Test
    void replacesNothingThatTheSafetyBackupDoesNotHold() throws IOException {
        var swapDirectory = SwapDirectory.of(workspace, ID, new Disk(), Samples.JSON);
        var swap = new Swap(workspace, swapDirectory, new Disk());
        var staged = stage(swapDirectory, new Disk());
        var safety = wayBackWithout("logs/bot_state.json");

        assertThatThrownBy(() -> swap.prepare(staged, safety))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not hold logs/bot_state.json");

        assertThat(swap.settle()).as("nothing was changed").isEmpty();
        assertThat(files.content()).isEqualTo(before);
    }

    @Test
    void replacesNothingThatWasWrittenAfterTheSafetyBackupReadIt() throws IOException {
        var swapDirectory = SwapDirectory.of(workspace, ID, new Disk(), Samples.JSON);
        var swap = new Swap(workspace, swapDirectory, new Disk());
        var staged = stage(swapDirectory, new Disk());
        var safety = wayBack();
        files.write(".env", "API_KEY=newer\n");

        assertThatThrownBy(() -> swap.prepare(staged, safety))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(".env was written");

        assertThat(files.read(".env")).isEqualTo("API_KEY=newer\n");
    }

    /** As bots write their state: a new file takes the name of the old one. */
    @Test
    void replacesNoFileThatTookTheNameOfTheOneItKept() throws IOException {
        var swapDirectory = SwapDirectory.of(workspace, ID, new Disk(), Samples.JSON);
        var swap = new Swap(workspace, swapDirectory, new Disk());
        var staged = stage(swapDirectory, new Disk());
        var safety = wayBack();
        var journal = swap.prepare(staged, safety);
        files.write("logs/new", "{\"newest\":true}");
        Files.move(files.path("logs/new"), files.path("logs/bot_state.json"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> swap.perform(journal, staged, safety, Leases.held()))
                .isInstanceOf(ProblemException.class);
        assertThat(swap.settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.read("logs/bot_state.json")).isEqualTo("{\"newest\":true}");
        assertThat(files.read(".env")).isEqualTo(before.get(".env"));
    }

    /** A program that had the old file open goes on writing to it, and no name leads there any more. */
    @Test
    void doesNotCommitWhenWhatItReplacedWasWrittenTo() throws IOException {
        var swapDirectory = SwapDirectory.of(workspace, ID, new Disk(), Samples.JSON);
        var swap = new Swap(workspace, swapDirectory, new Disk());
        var staged = stage(swapDirectory, new Disk());
        var safety = wayBack();
        var journal = swap.prepare(staged, safety);
        try (var open = Files.newOutputStream(files.path(".env"), StandardOpenOption.APPEND)) {
            swap.perform(journal, staged, safety, Leases.held());
            open.write("LATE=1\n".getBytes(UTF_8));
        }

        assertThatThrownBy(() -> swap.validate(journal, safety)).isInstanceOf(ProblemException.class);
        assertThat(swap.settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.read(".env")).isEqualTo(before.get(".env") + "LATE=1\n");
    }

    @Test
    void putsBackWhatWasThereAlsoWhenItsDirectoryIsGone() throws IOException {
        var swap = performed();
        deleteTree(files.path("logs"));

        assertThat(swap.settle()).contains(Outcome.ROLLED_BACK);

        assertThat(files.read("logs/bot_state.json")).isEqualTo(before.get("logs/bot_state.json"));
        assertThat(files.read(".env")).isEqualTo(before.get(".env"));
    }

    /** Neither deletes nor writes behind the link, and does not stand in the way of later work. */
    @Test
    void undoesNothingThroughALink() throws IOException {
        var swap = performed();
        var outside = Files.move(files.path("logs"), directory.resolve("outside"));
        Files.createSymbolicLink(files.path("logs"), outside);
        var restored = Files.readString(outside.resolve("bot_state.json"));

        assertThat(swap.settle()).contains(Outcome.ROLLED_BACK);

        assertThat(outside.resolve("old.log")).exists();
        assertThat(outside.resolve("bot_state.json")).hasContent(restored);
        assertThat(kept("not-put-back/logs/bot_state.json")).hasContent(before.get("logs/bot_state.json"));
        assertThat(files.read(".env")).isEqualTo(before.get(".env"));
    }

    @Test
    void keepsACopyWhereTheFileSystemHasNoHardLinks() throws IOException {
        var withoutLinks = new Disk() {
            @Override
            void link(Path second, Path file) throws IOException {
                throw new FileSystemException(second.toString(), file.toString(), "Operation not permitted");
            }
        };

        restore(withoutLinks, Leases.held());

        assertThat(files.content()).isEqualTo(after);
    }

    @Test
    void nobodyElseCanReadWhatLiesStaged() throws IOException {
        var swapDirectory = SwapDirectory.of(workspace, ID, new Disk(), Samples.JSON);
        var staged = stage(swapDirectory, new Disk());

        for (var number : staged.values()) {
            if (Files.exists(swapDirectory.staged(number))) {
                assertThat(modeOf(swapDirectory.staged(number))).isEqualTo("rw-------");
            }
        }
        new Swap(workspace, swapDirectory, new Disk()).prepare(staged, wayBack());

        var own = workspace.ownDirectory().resolve("restore-" + ID);
        assertThat(modeOf(workspace.ownDirectory())).isEqualTo("rwx------");
        assertThat(modeOf(own)).isEqualTo("rwx------");
        assertThat(modeOf(own.resolve("staged"))).isEqualTo("rwx------");
        assertThat(modeOf(own.resolve("previous"))).isEqualTo("rwx------");
        assertThat(modeOf(own.resolve("journal.json"))).isEqualTo("rw-------");
    }

    /** Made by whoever can write to the workspace, to have files of another one removed. */
    @Test
    void followsNoLinkThatLooksLikeALeftover() throws IOException {
        var other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("precious"), "not ours");
        var own = Files.createDirectory(files.path(".everstate"));
        Files.createSymbolicLink(own.resolve("restore-" + UUID.randomUUID()), other);
        var forged = Files.createDirectory(own.resolve("restore-" + ID));
        Files.createSymbolicLink(forged.resolve("staged"), other);

        var left = SwapDirectory.left(workspace, new Disk(), Samples.JSON);
        assertThat(left).extracting(SwapDirectory::restoreId).containsExactly(ID);
        settleAll(new Disk());

        assertThat(other.resolve("precious")).hasContent("not ours");
        assertThat(forged).doesNotExist();
    }

    private Swap performed() throws IOException {
        var swapDirectory = SwapDirectory.of(workspace, ID, new Disk(), Samples.JSON);
        var swap = new Swap(workspace, swapDirectory, new Disk());
        var staged = stage(swapDirectory, new Disk());
        var safety = wayBack();
        swap.perform(swap.prepare(staged, safety), staged, safety, Leases.held());
        return swap;
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private static void deleteTree(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Path kept(String path) {
        return workspace.ownDirectory().resolve("kept-" + ID).resolve(path);
    }

    /** A safety backup of all that is in the workspace now. */
    private WayBack wayBack() {
        return wayBackWithout("");
    }

    private WayBack wayBackWithout(String left) {
        return new WayBack(Samples.archive(writer -> {
                    for (var file : files.content().entrySet()) {
                        if (!file.getKey().equals(left)) {
                            Samples.file(writer, file.getKey(), file.getValue());
                        }
                    }
                })
                .manifest());
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
        var safety = wayBack();
        var journal = swap.prepare(staged, safety);
        swap.perform(journal, staged, safety, lease);
        swap.validate(journal, safety);
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
