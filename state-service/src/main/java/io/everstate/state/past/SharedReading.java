package io.everstate.state.past;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.log.ReadableLog;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Several searches that read a partition together: each sees the records of its bot, and all of them what concerns the partition. */
final class SharedReading {
    /** Every bot's key is as long as this; a claim's is shorter. */
    private static final int LENGTH = 36;

    private final Map<String, Search> byKey = new HashMap<>();
    private final Set<Search> open = new HashSet<>();
    private final Predicate<ConsumerRecord<byte[], byte[]>> late;
    private boolean allEarlySeen;
    /** Where the first record is that was not seen. */
    private long next;

    /** @param late whether no record behind this one can be early enough for any of them */
    SharedReading(Map<BotId, Search> searches, Predicate<ConsumerRecord<byte[], byte[]>> late) {
        searches.forEach((bot, search) -> byKey.put(bot.toString(), search));
        searches.values().stream().filter(search -> !search.over()).forEach(open::add);
        this.late = late;
    }

    /**
     * From the earliest place that one of them needs. What needs records that are not to be had is broken off; for the others, which begin
     * behind these, it is begun once more.
     */
    void of(ReadableLog log, int partition) {
        while (!open.isEmpty()) {
            next = open.stream().mapToLong(Search::from).min().orElseThrow();
            var end =
                    open.stream().mapToLong(search -> search.now().nextOffset()).max();
            try {
                log.read(partition, next, end.orElseThrow(), this::read);
                return;
            } catch (LogBeginsLaterException e) {
                breakOff(e.detail());
            }
        }
    }

    private void breakOff(String why) {
        open.removeIf(search -> {
            var isMissing = search.from() <= next;
            if (isMissing) {
                search.breakOff(why);
            }
            return isMissing;
        });
    }

    /** @return whether one of them wants the next record */
    private boolean read(ConsumerRecord<byte[], byte[]> stored) {
        next = stored.offset() + 1;
        if (!allEarlySeen && late.test(stored)) {
            allEarlySeen = true;
            byKey.values().forEach(Search::seesNothingEarlyAnyMore);
            open.removeIf(Search::over);
        }
        var key = stored.key();
        if (key == null || key.length != LENGTH) {
            Set.copyOf(open).forEach(search -> show(search, stored));
        } else {
            var search = byKey.get(new String(key, StandardCharsets.US_ASCII));
            if (search != null && open.contains(search)) {
                show(search, stored);
            }
        }
        return !open.isEmpty();
    }

    private void show(Search search, ConsumerRecord<byte[], byte[]> stored) {
        if (!search.read(stored)) {
            open.remove(search);
        }
    }
}
