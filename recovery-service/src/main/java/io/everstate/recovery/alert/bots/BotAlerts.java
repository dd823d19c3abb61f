package io.everstate.recovery.alert.bots;

import io.everstate.recovery.alert.Alert;
import io.everstate.recovery.alert.AlertConfig;
import io.everstate.recovery.alert.AlertKind;
import io.everstate.recovery.alert.AlertOutbox;
import io.everstate.recovery.alert.bots.FencedWrites.Late;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Tells people of bots that do not come back, those that are heard of together in one alert, and of writes of former owners, once for each of
 * these; and of old news not at all.
 */
@Singleton
class BotAlerts {
    private static final int NAMED = 10;

    private final AlertOutbox outbox;
    private final AlertConfig config;
    private final Clock clock;

    BotAlerts(AlertOutbox outbox, AlertConfig config, Clock clock) {
        this.outbox = outbox;
        this.config = config;
        this.clock = clock;
    }

    /** That one bot does not run though it should. */
    record Missing(UUID event, Instant at, String bot, String reason) {}

    @Transactional
    public void hear(List<Missing> missing, List<Late> late) {
        var oldest = clock.instant().minus(config.maxEventAge());
        tellMissing(missing, oldest);
        var news = new LinkedHashMap<UUID, Late>();
        late.stream()
                .filter(write -> !write.at().isBefore(oldest))
                .forEach(write -> news.putIfAbsent(write.ownership(), write));
        news.forEach((ownership, write) ->
                outbox.add(Alert.of(AlertKind.FENCED_WRITES, text(write), write.at(), ownership)));
    }

    private void tellMissing(List<Missing> all, Instant oldest) {
        var news =
                all.stream().filter(missing -> !missing.at().isBefore(oldest)).toList();
        if (!news.isEmpty()) {
            var first = news.getFirst();
            outbox.add(Alert.of(AlertKind.BOTS_NOT_RETURNED, text(news), first.at(), first.event()));
        }
    }

    private static String text(Late write) {
        return "A former owner of partition %d of the bots' events still writes: %s, in its ownership %d; the present one is %d. Nothing of it counts, but look whether that replica hangs."
                .formatted(write.partition(), write.source(), write.epoch(), write.present());
    }

    private static String text(List<Missing> news) {
        var named = news.stream()
                .limit(NAMED)
                .map(missing -> missing.reason() + " (bot " + missing.bot() + ")")
                .collect(Collectors.joining("\n"));
        var more = news.size() > NAMED ? "\nand " + (news.size() - NAMED) + " more" : "";
        return (news.size() == 1 ? "A bot" : news.size() + " bots") + " should run and did not come back:\n" + named
                + more;
    }
}
