package io.everstate.backup.archive;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.ArchiveSalvage.Salvaged;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Samples.Stored;
import io.everstate.backup.packing.Packing;
import io.everstate.backup.packing.SamplePackings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is had of damaged archives is what was written, whatever the damage is. */
@Tag("BD9")
class ArchiveSalvageTest {
    private static final int FILES = 24;
    private static final int SIZE = 300_000;

    private final Map<String, byte[]> written = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> received = new HashMap<>();
    private Packing packing = SamplePackings.GZIP.chosen();

    @Test
    void findsAllOfAnArchiveThatIsWhole() throws IOException {
        var stored = archive();

        var salvaged = salvage(stored, stored.archive());

        assertThat(salvaged.archiveWhole()).isTrue();
        assertThat(salvaged.names()).isEqualTo(names(stored));
        assertAllAsWritten(salvaged);
    }

    /** A member holds at most five of these files: whatever lies before and behind is there. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void losesNoMoreThanADamagedMemberHeld(int seed) throws IOException {
        var stored = archive();
        var damaged = stored.archive().clone();
        damaged[new Random(seed).nextInt(damaged.length)] ^= 0x04;

        var salvaged = salvage(stored, damaged);

        assertThat(salvaged.archiveWhole()).isFalse();
        assertThat(salvaged.names()).hasSizeGreaterThanOrEqualTo(FILES + 1 - 5);
        assertAllAsWritten(salvaged);
    }

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsWhatLiesBeforeACut(int seed) throws IOException {
        var stored = archive();
        var length = new Random(seed).nextInt(stored.archive().length);

        var salvaged = salvage(stored, Arrays.copyOf(stored.archive(), length));

        assertThat(salvaged.archiveWhole()).isFalse();
        assertThat(salvaged.names().size()).isGreaterThanOrEqualTo((int) ((length - (2L << 20)) / SIZE));
        assertAllAsWritten(salvaged);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsOfZstdWhatLiesBeforeTheDamage(int seed) throws IOException {
        packing = SamplePackings.ZSTD.chosen();
        var stored = archive();
        var damaged = stored.archive().clone();
        var position = new Random(seed).nextInt(damaged.length);
        damaged[position] ^= 0x04;

        var salvaged = salvage(stored, damaged);

        assertThat(salvaged.names().size()).isGreaterThanOrEqualTo((int) ((position - (1L << 20)) / SIZE));
        assertAllAsWritten(salvaged);
    }

    @Test
    void givesOnlyWhatIsWanted() throws IOException {
        var stored = archive();
        var damaged = stored.archive().clone();
        damaged[50] ^= 1;
        var wanted = "workspace/models/20";

        var salvaged = new ArchiveSalvage(stored.manifest(), Set.of(wanted), this::receive)
                .read(
                        new ByteArrayInputStream(damaged),
                        packing,
                        Objects.requireNonNull(stored.manifest().archive()));

        assertThat(salvaged.names()).containsExactly(wanted);
        assertThat(received).containsOnlyKeys(wanted);
    }

    private Stored archive() {
        var random = new Random(3);
        return Samples.archive(packing, writer -> {
            for (var i = 0; i < FILES; i++) {
                var content = new byte[SIZE];
                random.nextBytes(content);
                add(writer, "models/" + i, content);
            }
            add(writer, "d".repeat(120) + "/" + "línea ".repeat(20) + "zuletzt", new byte[] {1, 2, 3});
        });
    }

    private void add(ArchiveWriter writer, String path, byte[] content) throws IOException {
        writer.file(Samples.entry(path, EntryType.FILE, content, null), new ByteArrayInputStream(content));
        written.put(Manifest.WORKSPACE + path, content);
    }

    private static Set<String> names(Stored stored) {
        return stored.manifest().entries().stream().map(Entry::name).collect(toSet());
    }

    private Salvaged salvage(Stored stored, byte[] bytes) throws IOException {
        return new ArchiveSalvage(stored.manifest(), names(stored), this::receive)
                .read(
                        new ByteArrayInputStream(bytes),
                        packing,
                        Objects.requireNonNull(stored.manifest().archive()));
    }

    private ByteArrayOutputStream receive(Entry entry) {
        var target = new ByteArrayOutputStream();
        assertThat(received.put(entry.name(), target)).as("offered once").isNull();
        return target;
    }

    private void assertAllAsWritten(Salvaged salvaged) {
        for (var name : salvaged.names()) {
            assertThat(Objects.requireNonNull(received.get(name)).toByteArray())
                    .as(name)
                    .isEqualTo(written.get(name));
        }
    }
}
