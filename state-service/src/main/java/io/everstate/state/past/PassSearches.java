package io.everstate.state.past;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.wire.IsoTime;
import io.everstate.state.fold.StoredHeaders;
import io.everstate.state.log.ReadableLog;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.Search.Question;
import io.everstate.state.past.Then.CutShort;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Bots of one partition that are looked for in one log. */
final class PassSearches {
    private final ReadableLog log;
    private final Beginnings beginnings;
    private final RecordCodec codec;
    private final Map<BotId, Search> searches = new HashMap<>();
    private final Map<BotId, Then> then = new HashMap<>();
    /** Snapshots of which the log still has the record behind which they were taken. */
    private final Set<UUID> held = new HashSet<>();

    private Predicate<ConsumerRecord<byte[], byte[]>> late = _ -> false;

    PassSearches(ReadableLog log, EarlierStates earlier, RecordCodec codec) {
        this.log = log;
        this.beginnings = new Beginnings(earlier);
        this.codec = codec;
    }

    /** No record behind one that is later than that can be early enough. */
    PassSearches until(Instant latest) {
        late = stored -> isLater(stored, latest);
        return this;
    }

    /** From the nearest earlier state. */
    void begin(PresentBot now, Question question) {
        var from = beginnings.latest(
                question.wanted(), place -> isOfTheLog(place, now) ? Optional.of(place) : Optional.empty());
        searches.put(now.state().id(), new Search(now, from, question, codec));
    }

    /** From this one and no other. */
    void begin(PresentBot now, Question question, EarlierState from) {
        var bot = now.state().id();
        if (isOfTheLog(from, now)) {
            searches.put(bot, new Search(now, from, question, codec));
        } else {
            var why = "the records of bot %s are not those of which the snapshot was taken".formatted(bot);
            then.put(bot, new CutShort(null, why));
        }
    }

    private boolean isOfTheLog(EarlierState place, PresentBot now) {
        var last = place.last();
        var snapshot = place.snapshot();
        if (last == null || snapshot == null || held.contains(snapshot)) {
            return true;
        }
        return last.offset() < now.nextOffset() && log.holds(now.partition(), last) && held.add(snapshot);
    }

    /** What came of them all. */
    Map<BotId, Then> read(int partition) {
        new SharedReading(searches, late).of(log, partition);
        searches.forEach((bot, search) -> then.put(bot, search.then()));
        return then;
    }

    /** Its header is asked first, for hardly any record is later. */
    private boolean isLater(ConsumerRecord<byte[], byte[]> stored, Instant latest) {
        var header = stored.headers().lastHeader(RecordCodec.TIME);
        if (header == null || header.value() == null) {
            return false;
        }
        var text = new String(header.value(), StandardCharsets.US_ASCII).toCharArray();
        var time = IsoTime.find(text, 0, text.length);
        return (time == null || time.isAfter(latest))
                && codec.read(StoredHeaders.of(stored), stored.value()) instanceof Known(var entry)
                && entry.time().isAfter(latest);
    }
}
