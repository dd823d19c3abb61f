package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.log.DecodedRecord;
import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.EncodedRecord;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.RecordCodec;
import java.util.HashMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwnRecordsTest {
    private final RecordCodec codec = new RecordCodec(new SampleJson());
    private final OwnRecords records = new OwnRecords(codec);
    private final LogRecord started = record(new BotStarted());

    private static BotEventRecorded record(BotEvent event) {
        return new BotEventRecorded(
                UUID.randomUUID(), SampleBots.START, "/here", 1, SampleBots.id(1), 2, null, null, event);
    }

    private static LogRecord entry(DecodedRecord read) {
        return ((Known) read).entry();
    }

    private DecodedRecord read(EncodedRecord encoded) {
        return records.read(encoded.headers(), encoded.data());
    }

    @Test
    void whatComesBackAsItWasWrittenIsNotDecodedAnew() {
        var encoded = records.encode(started);

        assertThat(entry(read(encoded))).isSameAs(started);
        assertThat(entry(read(encoded))).as("once more").isNotSameAs(started).isEqualTo(started);
    }

    @Test
    void whatAnotherProcessWroteIsDecoded() {
        assertThat(entry(read(codec.encode(started)))).isNotSameAs(started).isEqualTo(started);
        assertThat(records.read(new HashMap<>(), new byte[] {1})).isInstanceOf(Foreign.class);
    }

    @Test
    void ofAnotherContentTheLogsCounts() {
        var checkpoint = record(new CheckpointTaken("test", SampleBots.created(SampleBots.id(1))));
        var encoded = records.encode(checkpoint);

        assertThat(records.read(encoded.headers(), new byte[] {1})).isInstanceOf(NotUnderstood.class);
    }

    @Test
    void ofAnotherHeaderTheLogsCounts() {
        var encoded = records.encode(started);
        var fenced = new HashMap<>(encoded.headers());
        fenced.put("ce_epoch", "7");

        assertThat(entry(records.read(fenced, encoded.data())).epoch()).isEqualTo(7);
    }

    @Test
    void theOldestAreDecodedWhenTooManyDoNotComeBack() {
        var first = records.encode(started);
        var state = SampleBots.traded(SampleBots.id(1), 40);
        var size = 0;
        EncodedRecord last = first;
        var newest = started;
        while (size <= OwnRecords.ROOM) {
            newest = record(new CheckpointTaken("test", state));
            last = records.encode(newest);
            size += last.data().length;
        }

        assertThat(entry(read(first))).isNotSameAs(started).isEqualTo(started);
        assertThat(entry(read(last))).isSameAs(newest);
    }
}
