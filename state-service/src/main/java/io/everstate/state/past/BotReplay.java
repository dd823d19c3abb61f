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
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.fold.StoredHeaders;
import io.everstate.state.past.EarlierStates.EarlierState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Folds one bot on from an earlier place. Records of other bots are passed over by their keys; who owns the partition concerns all. */
final class BotReplay {
    private final BotId bot;
    private final byte[] key;
    private final PartitionFold fold;
    private final RecordCodec codec;
    private @Nullable ParkedBot parked;

    BotReplay(BotId bot, EarlierState from, RecordCodec codec) {
        this.bot = bot;
        this.key = bot.toString().getBytes(StandardCharsets.US_ASCII);
        this.parked = from.parkedOnwards();
        this.fold = new PartitionFold(
                from.epoch(),
                from.state() == null ? List.of() : List.of(from.state()),
                parked == null ? Map.of() : Map.of(bot, parked.parking()));
        this.codec = codec;
    }

    /** What a record did. */
    sealed interface Step {}

    /**
     * An event that counts, and what it made of the bot.
     *
     * @param bytes of its data in the log
     */
    record Counted(long offset, int bytes, BotEventRecorded entry, BotState state) implements Step {}

    /**
     * A record that does not, because the bot is parked at it or before it.
     *
     * @param sequence of the record
     * @param at when it was written, as the log has it
     */
    record PassedOver(ParkedBot parked, long sequence, Instant at) implements Step {}

    /** Empty for a record that is not this bot's, or changes nothing. */
    Optional<Step> fold(ConsumerRecord<byte[], byte[]> stored) {
        if (isAnotherBots(stored.key())) {
            return Optional.empty();
        }
        return switch (codec.read(StoredHeaders.of(stored), stored.value())) {
            case Known(var entry) -> counted(stored, entry);
            case NotUnderstood entry -> {
                fold.park(entry, stored.offset());
                yield entry.bot().equals(bot) ? passedOver(stored, entry.sequence(), entry.epoch()) : Optional.empty();
            }
            case Foreign _, Unattributable _ -> Optional.empty();
        };
    }

    private Optional<Step> counted(ConsumerRecord<byte[], byte[]> stored, LogRecord entry) {
        var outcome = fold.apply(entry);
        if (!(entry instanceof BotEventRecorded recorded) || !recorded.bot().equals(bot)) {
            return Optional.empty();
        }
        if (outcome instanceof Applied(var state)) {
            parked = null;
            return Optional.of(new Counted(stored.offset(), stored.serializedValueSize(), recorded, state));
        }
        return passedOver(stored, recorded.sequence(), recorded.epoch());
    }

    private Optional<Step> passedOver(ConsumerRecord<byte[], byte[]> stored, long sequence, long epoch) {
        var at = Instant.ofEpochMilli(stored.timestamp());
        return fold.parking(bot)
                .filter(parking -> parking.sequence() >= sequence)
                .map(parking -> {
                    var now = parked == null ? new ParkedBot(bot, parking, epoch, at) : parked.with(parking);
                    parked = now;
                    return new PassedOver(now, sequence, at);
                });
    }

    /** Every bot's key is as long as this one's; a claim's is shorter. */
    private boolean isAnotherBots(byte[] other) {
        return other != null && other.length == key.length && !Arrays.equals(other, key);
    }
}
