package io.everstate.state.past;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.log.RecordMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Everything that ever was of a partition, by a plain fold of its whole log that remembers every state; some places of it are kept. */
final class Chronicle implements EarlierStates {
    static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00Z");
    private static final int CLOCKS_DIFFER_BY_SECONDS = 60;
    /** Of so many places one is kept. */
    private static final int RARELY = 40;

    private final Map<BotId, List<Made>> made = new HashMap<>();
    private final List<Kept> kept = new ArrayList<>();
    private long used;

    /** What one event made, in the log's order. */
    record Made(BotEventRecorded entry, BotState state) {}

    /**
     * The fold in front of an offset.
     *
     * @param last in front of it; null at the beginning
     */
    private record Kept(
            UUID id, long nextOffset, long epoch, @Nullable RecordMark last, Map<BotId, BotState> bots) {
        @Nullable
        BotState find(BotId bot) {
            return bots.get(bot);
        }
    }

    /** @param stored the same entries as the log has them */
    Chronicle(List<LogRecord> entries, List<? extends ConsumerRecord<?, byte[]>> stored, Random random) {
        var fold = new PartitionFold();
        for (var offset = 0; offset < entries.size(); offset++) {
            if (random.nextInt(RARELY) == 0) {
                var bots = new HashMap<BotId, BotState>();
                fold.bots().forEach(bot -> bots.put(bot.id(), bot));
                var last = offset == 0 ? null : RecordMark.of(stored.get(offset - 1));
                kept.add(new Kept(UUID.randomUUID(), offset, fold.epoch(), last, bots));
            }
            if (fold.apply(entries.get(offset)) instanceof Applied(var state)
                    && entries.get(offset) instanceof BotEventRecorded entry) {
                made.computeIfAbsent(state.id(), _ -> new ArrayList<>()).add(new Made(entry, state));
            }
        }
    }

    /** Entries from an offset on, written one behind the other by owners whose clocks differ. */
    static List<LogRecord> timed(List<LogRecord> entries, int offset, Random random) {
        return IntStream.range(0, entries.size())
                .mapToObj(place -> at(
                        BEGIN.plusSeconds((offset + place) * 10L + random.nextInt(CLOCKS_DIFFER_BY_SECONDS)),
                        entries.get(place)))
                .toList();
    }

    private static LogRecord at(Instant time, LogRecord entry) {
        return entry instanceof BotEventRecorded event
                ? new BotEventRecorded(
                        event.id(),
                        time,
                        event.source(),
                        event.epoch(),
                        event.bot(),
                        event.sequence(),
                        event.idempotencyKey(),
                        event.traceparent(),
                        event.event())
                : entry;
    }

    @Override
    public Optional<EarlierState> latest(Wanted wanted) {
        return kept.stream()
                .filter(place -> !wanted.lost().contains(place.id()))
                .filter(place -> isEarly(place.find(wanted.bot()), wanted))
                .max(Comparator.comparingLong(Kept::nextOffset))
                .map(place -> {
                    used++;
                    return new EarlierState(
                            place.nextOffset(),
                            place.epoch(),
                            place.find(wanted.bot()),
                            null,
                            place.last(),
                            place.id(),
                            List.of());
                });
    }

    private static boolean isEarly(@Nullable BotState state, Wanted wanted) {
        return state == null || wanted.early().test(state);
    }

    /** How often it had one. */
    long used() {
        return used;
    }

    Set<BotId> bots() {
        return made.keySet();
    }

    List<Made> made(BotId bot) {
        return made.getOrDefault(bot, List.of());
    }

    Optional<BotState> last(BotId bot, Predicate<Made> early) {
        return made(bot).stream().filter(early).reduce((_, later) -> later).map(Made::state);
    }
}
