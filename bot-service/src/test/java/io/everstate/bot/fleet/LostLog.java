package io.everstate.bot.fleet;

import static org.awaitility.Awaitility.await;

import io.everstate.contracts.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The worst that can happen to the log. */
public final class LostLog {
    private static final List<String> TOPICS = List.of(Topics.BOT_EVENTS, Topics.BOT_OWNERS);

    private LostLog() {}

    /** All records and their topics are gone when this returns. */
    public static void lose(String kafka) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.deleteTopics(TOPICS).all().get();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(TOPICS::contains));
        }
    }
}
