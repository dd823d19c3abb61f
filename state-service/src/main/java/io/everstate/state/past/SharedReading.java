package io.everstate.state.past;

import io.everstate.contracts.bot.BotId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Several searches that read a partition together: each sees the records of its bot, and all of them what concerns the partition. */
final class SharedReading {
    /** Every bot's key is as long as this; a claim's is shorter. */
    private static final int LENGTH = 36;

    private final Map<String, Search> byKey = new HashMap<>();
    private final Set<Search> open = new HashSet<>();
    private final long from;
    private final long to;

    SharedReading(Map<BotId, Search> searches) {
        searches.forEach((bot, search) -> byKey.put(bot.toString(), search));
        searches.values().stream().filter(search -> !search.over()).forEach(open::add);
        this.from = open.stream().mapToLong(Search::from).min().orElse(0);
        this.to = open.stream()
                .mapToLong(search -> search.now().nextOffset())
                .max()
                .orElse(0);
    }

    /** Where the first record is that one of them needs. */
    long from() {
        return from;
    }

    long to() {
        return to;
    }

    /** @return whether one of them wants the next record */
    boolean read(ConsumerRecord<byte[], byte[]> stored) {
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
