package io.everstate.bot.ownership;

import static io.everstate.bot.ownership.ReadingReplica.BOT;
import static io.everstate.bot.ownership.ReadingReplica.OTHER;
import static io.everstate.bot.ownership.ReadingReplica.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.log.KnownIn;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaLogWritersTest {
    private final ReadingReplica replica = new ReadingReplica();
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    private final KafkaLogWriters writers = new KafkaLogWriters(() -> consumer, new SampleJson(), replica.clock);

    @AfterEach
    void close() {
        replica.close();
    }

    private void log(LogRecord... records) {
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L));
        consumer.updateEndOffsets(Map.of(ZERO, (long) records.length));
        consumer.schedulePollTask(() -> {
            for (var offset = 0; offset < records.length; offset++) {
                consumer.addRecord(replica.kafkaRecord(ZERO, offset, records[offset]));
            }
        });
    }

    private BotEventRecorded started(long epoch, String owner) {
        var now = replica.clock.instant();
        return new BotEventRecorded(TimeOrderedUuid.at(now), now, owner, epoch, BOT, 2, null, null, new BotStarted());
    }

    private Map<?, KnownIn> newest() {
        return writers.newest(0, "topic", Set.of(BOT));
    }

    @Test
    void areThoseOfTheNewestEventThatCounts() {
        log(
                replica.claim(1),
                replica.created(),
                replica.createdAs(OTHER),
                replica.claim(2),
                started(1, "/fenced"),
                started(2, "/second"),
                started(2, "/again"),
                replica.claim(3));

        assertThat(newest()).hasToString("{" + BOT + "=" + new KnownIn("topic", 2, "/second") + "}");
    }

    @Test
    void areNotKnownWhereTheLogDoesNotAnswer() {
        log(replica.claim(1));
        consumer.setPollException(new KafkaException("no broker"));

        assertThat(newest()).isEmpty();
    }
}
