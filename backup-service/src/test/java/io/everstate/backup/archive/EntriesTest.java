package io.everstate.backup.archive;

import static io.everstate.backup.archive.Samples.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.packing.PackedList;
import io.everstate.backup.sqlite.CopyMethod;
import io.everstate.contracts.backup.InspectionView.Condition;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
    private static final Entry EVERYTHING = new Entry(
            "workspace/línea\nzwei",
            EntryType.FILE,
            Long.MAX_VALUE,
            "a".repeat(64),
            "target",
            "4755",
            0xffff_fffeL,
            0xffff_ffffL,
            "owner",
            "group",
            Instant.parse("1969-12-31T23:59:59.999999999Z"),
            Instant.MAX,
            true,
            Condition.EMPTY,
            CopyMethod.RECOVERED,
            UUID.fromString("019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11"));

    private static PackedList<Entry> packed(List<Entry> entries) {
        var builder = Entries.builder();
        entries.forEach(builder::add);
        return builder.build();
    }

    @Test
    void keepEachField() {
        var entries = List.of(
                EVERYTHING,
                Samples.entry("nothing", EntryType.DIRECTORY, new byte[0], null),
                Samples.entry("link", EntryType.LINK, new byte[0], "elsewhere"),
                Samples.entry("configs/alert_config.json", EntryType.FILE, new byte[3], null));

        assertThat(packed(entries)).isEqualTo(entries);
    }

    /** As a bot writes them: nobody's content, size or time is another's. */
    @Test
    void takeAboutSeventyBytesAFile() {
        var random = new Random(1);
        var files = IntStream.range(0, 20_000)
                .mapToObj(number -> file(random, "workspace/user_data/%03d/order-%03d.json", number))
                .toList();

        assertThat(packed(files).packedBytes() / (double) files.size()).isLessThan(80);
    }

    private static Entry file(Random random, String name, int number) {
        var content = new byte[16];
        random.nextBytes(content);
        var at = Instant.ofEpochSecond(1_790_000_000L + random.nextInt(1_000_000), random.nextInt(1_000_000_000));
        return new Entry(
                name.formatted(number / 1_000, number % 1_000),
                EntryType.FILE,
                random.nextInt(1_000_000),
                Digests.sha256(content),
                null,
                "644",
                1000,
                1000,
                "bots",
                "bots",
                at,
                at,
                null,
                null,
                null);
    }

    @Test
    void areReadFromJsonWithoutEverBeingMoreThanThat() {
        var manifest = JSON.read(JSON.write(Samples.everyKind().manifest()), Manifest.class);

        assertThat(manifest.entries()).isInstanceOf(PackedList.class);
        assertThat(manifest).isEqualTo(Samples.everyKind().manifest());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"{}", "7", "[null]", "[{}]", "[{\"name\":\"a\",\"type\":\"FILE\"}]", "[{\"type\":\"PIPE\"}]"})
    void areNotReadFromWhatIsNone(String entries) {
        var json = "{\"formatVersion\":1,\"entries\":%s,\"notes\":[]}".formatted(entries);

        assertThatThrownBy(() -> JSON.read(json.getBytes(UTF_8), Manifest.class))
                .isInstanceOf(UnreadableRecordException.class);
    }
}
