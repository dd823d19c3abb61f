package io.everstate.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.ArchiveWriter;
import io.everstate.backup.archive.BackupMetadata;
import io.everstate.backup.archive.Base;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Manifest.Member;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.packing.SamplePackings;
import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Tools;
import io.everstate.backup.testing.Tree;
import io.everstate.backup.testing.Workspaces;
import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.BackupKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What INCREMENTALs hold of real files, and what real tools unpack from them. */
@Tag("BD5")
class ChainTest {
    private static final int POINTS = 6;

    @TempDir
    Path directory;

    private Path unpacked;
    private ScratchWorkspace files;
    private Workspace workspace;
    private final List<Manifest> manifests = new ArrayList<>();

    /** Whether the times of files count: a backup of long after the last write, and one of the same moment. */
    enum Trust {
        TIMES(Duration.ofHours(1)),
        CONTENT(Duration.ofHours(-1));

        private final Duration later;

        Trust(Duration later) {
            this.later = later;
        }

        Instant time() {
            return Instant.now().plus(later);
        }
    }

    @BeforeEach
    void workspace() throws IOException {
        files = ScratchWorkspace.in(directory.resolve("workspace"));
        workspace = Workspaces.at(files.root());
        unpacked = Files.createDirectories(directory.resolve("unpacked"));
    }

    static IntStream seeds() {
        return IntStream.range(0, 16);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void unpacksToTheTreeAsItWasAtEachPoint(int seed) throws IOException {
        var random = new Random(seed);
        var trust = seed % 2 == 0 ? Trust.TIMES : Trust.CONTENT;
        for (var point = 0; point < POINTS; point++) {
            for (var edit = random.nextInt(8); point > 0 && edit > 0; edit--) {
                edit(random);
            }
            take(trust);
            if (point == 0) {
                Tools.run(unpacked, "tar", "-xpzf", "0.tar.gz");
            } else {
                Tools.unpackIncremental(unpacked, point + ".tar.gz");
            }

            assertThat(Tree.of(unpacked.resolve("workspace")))
                    .as("seed %d, %s, point %d", seed, trust, point)
                    .isEqualTo(Tree.of(files.root()));
            Tools.run(unpacked, "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS");
        }
    }

    /** One of all that people and bots do to files, to a path that is there or not. */
    private void edit(Random random) throws IOException {
        var place = files.path(List.of("a", "b", "c/d", "c/e", "c/f/g", "h i\nj", ".env", "logs/trading.log")
                .get(random.nextInt(8)));
        var parent = place.getParent();
        var above = files.root();
        for (var name : files.root().relativize(place.resolveSibling(""))) {
            above = above.resolve(name);
            if (Files.isRegularFile(above) || Files.isSymbolicLink(above)) {
                Files.delete(above);
            }
        }
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                clear(place);
                Files.createDirectories(parent);
                Files.writeString(place, "content " + random.nextInt(3));
            }
            case 2 -> clear(place);
            case 3 -> {
                clear(place);
                Files.createDirectories(place);
            }
            case 4 -> {
                clear(place);
                Files.createDirectories(parent);
                Files.createSymbolicLink(place, Path.of("target " + random.nextInt(2)));
            }
            case 5 -> {
                if (Files.isRegularFile(place) && !Files.isSymbolicLink(place)) {
                    overwriteUnseen(place);
                }
            }
            default -> {
                if (Files.exists(place) && !Files.isSymbolicLink(place)) {
                    Files.setPosixFilePermissions(
                            place, PosixFilePermissions.fromString(random.nextBoolean() ? "rwxr-x---" : "rwxrwxr-x"));
                }
            }
        }
    }

    private static void clear(Path place) throws IOException {
        if (Files.isDirectory(place) && !Files.isSymbolicLink(place)) {
            Tree.empty(place);
        }
        Files.deleteIfExists(place);
    }

    /** Another content of the same size under the same time of writing. */
    private static void overwriteUnseen(Path place) throws IOException {
        var written = Files.getLastModifiedTime(place);
        var content = Files.readAllBytes(place);
        for (var i = 0; i < content.length; i++) {
            content[i] ^= 1;
        }
        Files.write(place, content);
        Files.setLastModifiedTime(place, written);
    }

    @ParameterizedTest
    @EnumSource
    void holdsWhatChangedAndNamesWhoHoldsTheRest(Trust trust) throws IOException {
        var full = take(trust);
        files.write("logs/trading.log", "line one\nline two\nline three\n");
        files.delete("scripts/start.sh");
        Files.move(files.path("configs/alert_config.json"), files.path("configs/renamed.json"));
        Files.setPosixFilePermissions(files.path(".env"), PosixFilePermissions.fromString("rw-------"));
        overwriteUnseen(files.path("backtrader_engine/engine.py"));

        var first = take(trust);
        files.write("logs/trading.log", "line four\n");
        var second = take(trust);

        assertThat(held(first))
                .isEqualTo(Map.of(
                        "configs/bybit_x_config.json", id(full),
                        "logs/bot_state.json", id(full)));
        assertThat(first.chain()).isNotNull();
        assertThat(deleted(first)).containsExactly("workspace/configs/alert_config.json", "workspace/scripts/start.sh");
        assertThat(held(second))
                .containsEntry("logs/bot_state.json", id(full))
                .containsEntry("configs/renamed.json", id(first))
                .containsEntry(".env", id(first))
                .containsEntry("backtrader_engine/engine.py", id(first))
                .doesNotContainKey("logs/trading.log");
        assertThat(deleted(second)).isEmpty();
    }

    /** A write within the same tick of a coarse clock leaves all times as they were. */
    @Test
    void readsAgainWhatMayHaveChangedWithinATickOfTheBase() {
        var full = take(Trust.CONTENT);
        var lied = withOtherSums(full);
        manifests.set(0, lied);

        var next = take(Trust.CONTENT);

        assertThat(held(next)).isEmpty();
    }

    @Test
    void doesNotReadWhatIsKnownByItsTimes() {
        var full = take(Trust.TIMES);
        manifests.set(0, withOtherSums(full));

        var next = take(Trust.TIMES);

        assertThat(held(next)).hasSize(7);
    }

    /** Its log has what was committed; the times of its file say nothing of that. */
    @Test
    void copiesADatabaseAgainUnlessItsCopyIsTheSame() throws Exception {
        try (var bot = DriverManager.getConnection("jdbc:sqlite:" + files.path("tradesv3.sqlite"));
                var statement = bot.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("create table trades (amount integer)");
            statement.execute("pragma wal_checkpoint(truncate)");
            var before = FileAttributes.of(files.path("tradesv3.sqlite"));
            take(Trust.TIMES);
            statement.execute("insert into trades values (1)");

            var written = take(Trust.TIMES);
            var same = take(Trust.TIMES);

            assertThat(FileAttributes.of(files.path("tradesv3.sqlite"))).isEqualTo(before);
            assertThat(held(written)).doesNotContainKey("tradesv3.sqlite");
            assertThat(held(same)).containsEntry("tradesv3.sqlite", id(written));
        }
    }

    /** It may be of several moments: the same sum says nothing then. */
    @Test
    void takesAgainWhatWasWrittenToWhileTheBaseReadIt() {
        var full = take(Trust.TIMES);
        manifests.set(0, mapped(full, entry -> entry.path().equals(".env") ? torn(entry) : entry));

        var next = take(Trust.TIMES);

        assertThat(held(next)).doesNotContainKey(".env").hasSize(6);
    }

    private static Manifest withOtherSums(Manifest manifest) {
        return mapped(manifest, entry -> entry.type() == EntryType.FILE ? with(entry, "0".repeat(64), null) : entry);
    }

    private static Entry torn(Entry entry) {
        return with(entry, entry.sha256(), true);
    }

    private static Entry with(Entry entry, @Nullable String sha256, @Nullable Boolean torn) {
        return new Entry(
                entry.name(),
                entry.type(),
                entry.size(),
                sha256,
                entry.linkTarget(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.owner(),
                entry.group(),
                entry.modifiedAt(),
                entry.changedAt(),
                torn,
                entry.condition(),
                entry.database());
    }

    private static Manifest mapped(Manifest manifest, UnaryOperator<Entry> change) {
        return new Manifest(
                manifest.formatVersion(),
                manifest.backup(),
                manifest.archive(),
                manifest.entries().stream().map(change).toList(),
                manifest.notes(),
                manifest.chain());
    }

    private static Map<String, UUID> held(Manifest manifest) {
        var held = new TreeMap<String, UUID>();
        for (var entry : manifest.entries()) {
            if (entry.heldBy() != null) {
                held.put(entry.path(), entry.heldBy());
            }
        }
        return held;
    }

    private static List<String> deleted(Manifest manifest) {
        return manifest.chain() == null ? List.of() : manifest.chain().deleted();
    }

    private static UUID id(Manifest manifest) {
        return manifest.backup().id();
    }

    /** The next of the chain, stored as {@code <number>.tar.gz} and verified. */
    private Manifest take(Trust trust) {
        var base = manifests.isEmpty()
                ? null
                : new Base(
                        manifests.getLast(),
                        manifests.stream().map(ChainTest::member).toList());
        var archive = unpacked.resolve(manifests.size() + ".tar.gz");
        var packing = SamplePackings.GZIP.chosen();
        var clock = Clock.systemUTC();
        var spoolDirectory = directory.resolve("spool");
        var metadata = new BackupMetadata(
                1,
                UUID.randomUUID(),
                "default",
                base == null ? BackupKind.FULL : BackupKind.INCREMENTAL,
                trust.time(),
                "of a chain",
                0,
                false);
        try (var output = Files.newOutputStream(archive);
                var writer = new ArchiveWriter(output, packing, metadata, Samples.JSON)) {
            var databases = new DatabaseCopier(spoolDirectory, Duration.ofSeconds(5), clock);
            var copies = new FileCopies(new StableCopy(clock), databases, Set.of());
            var held = Held.of(base, Instant.MAX);
            var reader = new EntryReader(workspace, false, copies, held);
            try (var ahead = new ReadAhead<>(reader::read, spoolDirectory)) {
                ahead.each(Listing.of(workspace, metadata.kind()).entries(), read -> read.write(writer));
            }
            var manifest = writer.finish(archive.toString(), base);
            output.flush();
            verify(archive, manifest);
            manifests.add(manifest);
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void verify(Path archive, Manifest manifest) throws IOException {
        try (var input = Files.newInputStream(archive)) {
            var read = Samples.JSON.read(Samples.JSON.write(manifest), Manifest.class);
            new ArchiveVerifier(SamplePackings.GZIP.chosen(), Samples.JSON)
                    .verify(input, read, ArchiveVerifier.NOWHERE);
        }
    }

    private static Member member(Manifest manifest) {
        var archive = Objects.requireNonNull(manifest.archive());
        return new Member(id(manifest), archive.object(), archive.sha256());
    }

    /** Whoever set a clock back may have written a file at the very time that the base has of it. */
    @Test
    void trustsNoTimesAfterAClockWentBack() throws IOException {
        var full = take(Trust.TIMES);
        var entry = full.entries().stream()
                .filter(file -> file.path().equals(".env"))
                .findFirst()
                .orElseThrow();
        var now = FileAttributes.of(files.path(".env"));
        var base = new Base(full, List.of(member(full)));

        assertThat(Held.of(base, Instant.MAX).unchanged(".env", now, workspace)).contains(entry.heldBy(id(full)));
        assertThat(Held.of(base, Instant.now()).unchanged(".env", now, workspace))
                .isEmpty();
        assertThat(FileTime.from(entry.modifiedAt())).isEqualTo(Files.getLastModifiedTime(files.path(".env")));
    }
}
