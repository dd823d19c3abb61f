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
        var segment = Segment.of("everstate.bot.events", 12, SampleRecords.PARTITION, 7_000_000_000L, records);

        var found = file.read(file.write(segment, PLAIN), PLAIN);

        assertThat(found.header()).isEqualTo(segment.header());
        assertThat(found.records()).isEqualTo(records);
        assertThat(found.header().endOffset()).isEqualTo(7_000_003_000L);
        assertThat(found.header().records()).isEqualTo(3_000);
    }

    /** What `zstd -d` gives is a file of Kafka's log, which any of its tools reads; it begins with the first batch. */
    @Test
    void unpackedByAnyZstdItIsAFileOfKafkasLog() throws Exception {
        var segment = SampleRecords.segment(1, 40, 500);
        var stored = bytes(file.write(segment, PLAIN));

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
        var segment = SampleRecords.segment(2, 0, 4);
        var stored = bytes(file.write(segment, PLAIN));
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
        var stored = bytes(file.write(SampleRecords.segment(2, 0, 4), PLAIN));

        for (var length = 0; length < stored.length; length++) {
            assertIsRefused(Arrays.copyOf(stored, length), "cut to " + length);
        }
    }

    @Test
    void findsWhatWasAppended() {
        var one = bytes(file.write(SampleRecords.segment(2, 0, 4), PLAIN));
        var two = bytes(file.write(SampleRecords.segment(3, 4, 4), PLAIN));
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
        var segment = SampleRecords.segment(2, 0, 4);

        var stored = file.write(segment, taker);

        assertThat(file.read(stored, taker).records()).isEqualTo(segment.records());
        assertThatThrownBy(() -> file.read(stored, packings.encryptionOf(name))).isInstanceOf(NoKeyException.class);
    }

    private void assertIsRefused(byte[] damaged, String what) {
        assertThatThrownBy(() -> file.read(ByteBuffer.wrap(damaged), PLAIN))
                .as(what)
                .isInstanceOf(SegmentCorruptException.class);
    }

    /** The sums of a forged segment are right; its offsets still have to be. */
    @Test
    void findsRecordsThatAreInAnotherOrder() {
        var records = new ArrayList<>(SampleRecords.of(4, 10, 5));
        Collections.swap(records, 1, 3);

        assertThatThrownBy(() -> forged(records)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void findsARecordThatIsMissingAtTheEnd() {
        var whole = SampleRecords.segment(4, 10, 5);
        var cut = SampleRecords.segment(4, 10, 4);
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

        assertThatThrownBy(() -> new Segment(forged, cut.batches()))
                .isInstanceOf(SegmentCorruptException.class)
                .hasMessageContaining("last record");
    }

    private static Segment forged(List<LoggedRecord> records) {
        return Segment.of("everstate.bot.events", 12, SampleRecords.PARTITION, 10, records);
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
