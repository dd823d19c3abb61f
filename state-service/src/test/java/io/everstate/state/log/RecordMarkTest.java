package io.everstate.state.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordMarkTest {
    private static final RecordMark MARK = RecordMark.of(stored(7, 1_000, "key", "id", "value"));

    @Test
    void isTheSameHoweverTheKeyWasRead() {
        var invalid = new byte[] {'k', (byte) 0xC3};

        assertThat(RecordMark.of(stored(7, 1_000, bytes("key"), "id", "value"))).isEqualTo(MARK);
        assertThat(RecordMark.of(stored(7, 1_000, invalid, "id", "value")))
                .isEqualTo(RecordMark.of(stored(7, 1_000, new String(invalid, StandardCharsets.UTF_8), "id", "value")));
    }

    @Test
    void isAnotherWhereAnythingOfTheRecordIs() {
        assertThat(RecordMark.of(stored(8, 1_000, "key", "id", "value"))).isNotEqualTo(MARK);
        assertThat(RecordMark.of(stored(7, 1_001, "key", "id", "value"))).isNotEqualTo(MARK);
        assertThat(RecordMark.of(stored(7, 1_000, "kez", "id", "value"))).isNotEqualTo(MARK);
        assertThat(RecordMark.of(stored(7, 1_000, null, "id", "value"))).isNotEqualTo(MARK);
        assertThat(RecordMark.of(stored(7, 1_000, "key", "ie", "value"))).isNotEqualTo(MARK);
        assertThat(RecordMark.of(stored(7, 1_000, "key", "id", "valuf"))).isNotEqualTo(MARK);
        assertThat(RecordMark.of(stored(7, 1_000, "key", "id", null))).isNotEqualTo(MARK);
    }

    @Test
    void tellsTheEndOfOnePartFromTheBeginningOfTheNext() {
        assertThat(RecordMark.of(stored(7, 1_000, "key", "idv", "alue"))).isNotEqualTo(MARK);
        assertThat(RecordMark.of(stored(7, 1_000, "", "id", "value")))
                .isNotEqualTo(RecordMark.of(stored(7, 1_000, null, "id", "value")));
    }

    private static <K> ConsumerRecord<K, byte[]> stored(
            long offset, long timestamp, @Nullable K key, String header, @Nullable String value) {
        var headers = new RecordHeaders();
        headers.add("ce_id", bytes(header));
        return new ConsumerRecord<>(
                "events",
                0,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value == null ? null : bytes(value),
                headers,
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
