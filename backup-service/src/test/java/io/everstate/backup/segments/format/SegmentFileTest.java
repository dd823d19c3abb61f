package io.everstate.backup.segments.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.everstate.backup.packing.Compression;
import io.everstate.backup.packing.Encryption;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.SamplePackings;
import io.everstate.backup.platform.JacksonFormat;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.record.MemoryRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentFileTest {
    private static final Encryption PLAIN =
            SamplePackings.of(Compression.ZSTD, 1).encryptionOf("plain.log.zst");

    private final SegmentFile file = new SegmentFile(new JacksonFormat());

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givesBackEveryRecordAsItWas(long seed) throws Exception {
        var records = SampleRecords.of(seed, 7_000_000_000L, 3_000);
        var content = SampleRecords.content(7_000_000_000L, records);

        var found = file.read(file.write(content, PLAIN), PLAIN);

        assertThat(content.batches()).as("batches").hasSizeGreaterThan(5);
        assertThat(found.header()).isEqualTo(content.header());
        assertThat(found.records()).isEqualTo(records);
        assertThat(found.header().endOffset()).isEqualTo(7_000_003_000L);
        assertThat(found.header().records()).isEqualTo(3_000);
    }

    /** What `zstd -d` gives is a file of Kafka's log, which any of its tools reads; it begins with the first batch. */
    @Test
    void unpackedByAnyZstdItIsAFileOfKafkasLog() throws Exception {
        var stored = bytes(file.write(SampleRecords.content(1, 40, 500), PLAIN));

        byte[] unpacked;
        try (var zstd = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(stored))) {
            unpacked = zstd.readAllBytes();
        }

        var log = MemoryRecords.readableRecords(ByteBuffer.wrap(unpacked));
        var offsets = new ArrayList<Long>();
        log.batches().forEach(batch -> {
            batch.ensureValid();
            assertThat(batch.magic()).isEqualTo((byte) 2);
            batch.forEach(one -> offsets.add(one.offset()));
        });
        assertThat(offsets).hasSize(500).startsWith(40L).endsWith(539L);
    }

    /** One byte of a frame says how much memory to take, and may be another; the row's sum of the whole object finds that one too. */
    @Test
    void aFlippedByteIsFoundOrChangesNothing() throws Exception {
        var stored = bytes(file.write(SampleRecords.content(2, 0, 4), PLAIN));
        var segment = file.read(ByteBuffer.wrap(stored), PLAIN);
        var found = 0;

        for (var at = 0; at < stored.length; at++) {
            var damaged = stored.clone();
            damaged[at] ^= 1;
            try {
                assertThat(file.read(ByteBuffer.wrap(damaged), PLAIN))
                        .as("byte " + at)
                        .isEqualTo(segment);
            } catch (SegmentCorruptException _) {
                found++;
            }
        }

        assertThat(found).isGreaterThanOrEqualTo(stored.length - 1);
    }

    @Test
    void findsEveryCut() {
        var stored = bytes(file.write(SampleRecords.content(2, 0, 4), PLAIN));

        for (var length = 0; length < stored.length; length++) {
            assertIsRefused(Arrays.copyOf(stored, length), "cut to " + length);
        }
    }

    @Test
    void findsWhatWasAppended() {
        var one = bytes(file.write(SampleRecords.content(2, 0, 4), PLAIN));
        var two = bytes(file.write(SampleRecords.content(3, 4, 4), PLAIN));
        var both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);

        assertIsRefused(both, "two in one file");
    }

    @Test
    void anEncryptedOneIsReadBackByWhoWroteItAndByNobodyWithoutAKey() throws Exception {
        var keys = new X25519KeyPairGenerator().generateKeyPair();
        var packings = SamplePackings.encrypting(List.of(keys.getPublic().toString()), Optional.empty());
        var name = SegmentNames.of(
                SampleRecords.PARTITION, 0, packings.chosen().encryption().suffix());
        var taker = packings.encryptionToTake(name);
        var records = SampleRecords.of(2, 0, 4);

        var stored = file.write(SampleRecords.content(0, records), taker);

        assertThat(file.read(stored, taker).records()).isEqualTo(records);
        assertThatThrownBy(() -> file.read(stored, packings.encryptionOf(name))).isInstanceOf(NoKeyException.class);
    }

    private void assertIsRefused(byte[] damaged, String what) {
        assertThatThrownBy(() -> file.read(ByteBuffer.wrap(damaged), PLAIN))
                .as(what)
                .isInstanceOf(SegmentCorruptException.class);
    }

    @Test
    void takesNoRecordInFrontOfAnother() {
        var records = new ArrayList<>(SampleRecords.of(4, 10, 5));
        Collections.swap(records, 1, 3);

        assertThatThrownBy(() -> SampleRecords.content(10, records)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsARecordThatIsMissingAtTheEnd() {
        var whole = SampleRecords.content(4, 10, 5);
        var cut = SampleRecords.content(4, 10, 4);
        var header = whole.header();
        var forged = new SegmentHeader(
                header.formatVersion(),
                header.topic(),
                header.topicId(),
                header.partition(),
                header.partitions(),
                header.firstOffset(),
                header.endOffset(),
                4,
                header.firstTime(),
                header.lastTime(),
                cut.header().contentBytes(),
                cut.header().contentSha256(),
                header.lastRecord());

        assertThatThrownBy(() -> new Segment(forged, cut.batches().getFirst()))
                .isInstanceOf(SegmentCorruptException.class)
                .hasMessageContaining("last record");
    }

    @Test
    void checkedAsItComesItIsRefusedWhereverItIsDamaged() throws Exception {
        var stored = bytes(file.write(SampleRecords.content(2, 0, 4), PLAIN));
        file.check(new ByteArrayInputStream(stored), PLAIN);

        for (var length = 0; length < stored.length; length++) {
            var cut = Arrays.copyOf(stored, length);
            assertThatThrownBy(() -> file.check(new ByteArrayInputStream(cut), PLAIN))
                    .as("cut to " + length)
                    .isInstanceOf(SegmentCorruptException.class);
        }
    }

    /** What is stored was checked so: it must be what can be read. */
    @Test
    void checkedAsItComesItIsRefusedWhenItIsLargerThanAnyThatIsRead() {
        var content = SampleRecords.content(2, 0, 4);
        var header = content.header();
        var larger = new SegmentHeader(
                header.formatVersion(),
                header.topic(),
                header.topicId(),
                header.partition(),
                header.partitions(),
                header.firstOffset(),
                header.endOffset(),
                header.records(),
                header.firstTime(),
                header.lastTime(),
                SegmentFile.LARGEST + 1,
                header.contentSha256(),
                header.lastRecord());

        var stored = bytes(file.write(new SegmentContent(larger, content.batches()), PLAIN));

        assertThatThrownBy(() -> file.check(new ByteArrayInputStream(stored), PLAIN))
                .isInstanceOf(SegmentCorruptException.class)
                .hasMessageContaining("its header says " + (SegmentFile.LARGEST + 1));
    }

    @Test
    void tellsEveryPartOfARecordApart() {
        var records = SampleRecords.of(5, 0, 200);
        var random = new Random(5);

        for (var logged : records) {
            var other = switch (random.nextInt(4)) {
                case 0 ->
                    new LoggedRecord(
                            logged.offset() + 1, logged.timestamp(), logged.key(), logged.value(), logged.headers());
                case 1 ->
                    new LoggedRecord(
                            logged.offset(), logged.timestamp() + 1, logged.key(), logged.value(), logged.headers());
                case 2 ->
                    new LoggedRecord(
                            logged.offset(),
                            logged.timestamp(),
                            logged.key() == null ? ByteBuffer.allocate(0) : null,
                            logged.value(),
                            logged.headers());
                default ->
                    new LoggedRecord(
                            logged.offset(),
                            logged.timestamp(),
                            logged.key(),
                            logged.value() == null ? ByteBuffer.allocate(0) : null,
                            logged.headers());
            };
            assertThat(other.digest()).isNotEqualTo(logged.digest());
        }
    }
}
