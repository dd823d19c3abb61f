package io.everstate.state.past;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.state.fold.StoredHeaders;
import io.everstate.state.past.EarlierStates.EarlierState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Folds one bot on from an earlier place. Records of other bots are passed over by their keys; who owns the partition concerns all. */
final class BotReplay {
    private final BotId bot;
    private final byte[] key;
    private final PartitionFold fold;
    private final RecordCodec codec;

    BotReplay(BotId bot, EarlierState from, RecordCodec codec) {
        this.bot = bot;
        this.key = bot.toString().getBytes(StandardCharsets.US_ASCII);
        this.fold = new PartitionFold(from.epoch(), from.state() == null ? List.of() : List.of(from.state()));
        this.codec = codec;
    }

    /**
     * An event that counts, and what it made of the bot.
     *
     * @param bytes of its data in the log
     */
    record Counted(long offset, int bytes, BotEventRecorded entry, BotState state) {}

    /** Empty for a record that is not this bot's, or does not count. */
    Optional<Counted> fold(ConsumerRecord<byte[], byte[]> stored) {
        if (isAnotherBots(stored.key())) {
            return Optional.empty();
        }
        return switch (codec.read(StoredHeaders.of(stored), stored.value())) {
            case Known(var entry) -> counted(stored, entry);
            case NotUnderstood entry -> {
                fold.park(entry, stored.offset());
                yield Optional.empty();
            }
            case Foreign _, Unattributable _ -> Optional.empty();
        };
    }

    private Optional<Counted> counted(ConsumerRecord<byte[], byte[]> stored, LogRecord entry) {
        return fold.apply(entry) instanceof Applied(var state)
                        && entry instanceof BotEventRecorded recorded
                        && recorded.bot().equals(bot)
                ? Optional.of(new Counted(stored.offset(), stored.serializedValueSize(), recorded, state))
                : Optional.empty();
    }

    /** Every bot's key is as long as this one's; a claim's is shorter. */
    private boolean isAnotherBots(byte[] other) {
        return other != null && other.length == key.length && !Arrays.equals(other, key);
    }
}
