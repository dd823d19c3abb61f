package io.everstate.recovery.alert.bots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.recovery.alert.bots.FencedWrites.Late;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FencedWritesTest {
    private static final String EVENT = "io.everstate.bot.bot-started.v1";
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final FencedWrites writes = new FencedWrites();

    @Test
    void areThoseOfAnOwnershipBeforeThePresentOne() {
        var late = in(3, List.of(claim(7), event(7), claim(8), event(8), event(7)));

        assertThat(late).containsExactly(new Late(3, 7, 8, AT, "/writer"));
    }

    @Test
    void areFoundInLaterBatchesToo() {
        assertThat(in(3, List.of(claim(7), claim(8)))).isEmpty();

        assertThat(in(3, List.of(event(7)))).hasSize(1);
    }

    @Test
    void areOfTheirPartitionOnly() {
        assertThat(in(3, List.of(claim(8)))).isEmpty();

        assertThat(in(4, List.of(event(7)))).isEmpty();
    }

    /** Who begins to read in the middle does not know who the owner is. */
    @Test
    void areNotGuessedBeforeAClaimWasRead() {
        assertThat(in(3, List.of(event(8), event(7)))).isEmpty();
    }

    @Test
    void areNotClaimsThatLostARace() {
        assertThat(in(3, List.of(claim(8), claim(8), claim(7)))).isEmpty();
    }

    @Test
    void areNotWhatIsNotOursOrCannotBeRead() {
        assertThat(in(
                        3,
                        List.of(
                                claim(8),
                                Map.of("ce_type", "com.example.order"),
                                Map.of(),
                                Map.of("ce_type", EVENT, "ce_epoch", "many"))))
                .isEmpty();
    }

    @Test
    void ofOneFormerOwnerAreOneNews() {
        var late = in(3, List.of(claim(8), event(7), event(7), event(6)));

        assertThat(late.get(0).ownership())
                .isEqualTo(late.get(1).ownership())
                .isNotEqualTo(late.get(2).ownership());
    }

    private static Map<String, String> claim(long epoch) {
        return record(OwnershipClaimed.TYPE, epoch);
    }

    private static Map<String, String> event(long epoch) {
        return record(EVENT, epoch);
    }

    private static Map<String, String> record(String type, long epoch) {
        return Map.of(
                "ce_type", type, "ce_epoch", Long.toString(epoch), "ce_time", AT.toString(), "ce_source", "/writer");
    }

    private List<Late> in(int partition, List<Map<String, String>> headers) {
        var entries = headers.stream()
                .map(of -> {
                    var entry = new ConsumerRecord<>("events", partition, 0, "key", new byte[0]);
                    of.forEach((name, value) -> entry.headers().add(name, value.getBytes(UTF_8)));
                    return entry;
                })
                .toList();
        return writes.in(new ConsumerRecords<>(Map.of(new TopicPartition("events", partition), entries), Map.of()));
    }
}
