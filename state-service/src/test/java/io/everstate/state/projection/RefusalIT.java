package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Logs that must not be folded on. */
class RefusalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner OWNER = new Owner(1);

    private final TestDatabase database = TestDatabase.empty();

    private ServiceProcess.Builder service(TestLog log) {
        return ServiceProcess.of("state-service").configuration(database.configuration(log));
    }

    @Test
    void aRecordWhoseBotCannotBeToldStopsItsPartitionAndIsSaidInReadiness() {
        var log = TestLog.fresh(2);
        var hit = log.newBot(0);
        var spared = log.newBot(1);
        log.write(0, List.of(OWNER.claim(), OWNER.created(hit)));
        log.writeUnreadable(0);
        log.write(0, List.of(OWNER.started(hit)));
        log.write(1, List.of(OWNER.claim(), OWNER.created(spared), OWNER.started(spared)));

        try (var process = service(log).awaitingReadiness(false).start()) {
            var api = new StateApi(process);

            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                assertThat(api.readinessStatus()).isEqualTo(503);
                assertThat(api.readiness()).contains("partition 0", "offset 2");
            });
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(api.partition(1).nextOffset()).isEqualTo(3));
            assertThat(api.partition(0).nextOffset()).isEqualTo(2);
            assertThat(api.partition(0).bots()).singleElement().matches(bot -> bot.sequence() == 1);
        }
    }

    /** Retention went on while nothing was folded. Going on would leave out what was acknowledged. */
    @Test
    void aLogThatLostItsBeginningIsNotFolded() throws Exception {
        var log = TestLog.fresh(1);
        var bot = log.newBot(0);
        log.write(0, List.of(OWNER.claim(), OWNER.created(bot), OWNER.started(bot)));
        try (var admin = TestLog.admin()) {
            var beginning = RecordsToDelete.beforeOffset(2);
            admin.deleteRecords(Map.of(new TopicPartition(log.topic(), 0), beginning))
                    .all()
                    .get();
        }

        try (var process = service(log).awaitingReadiness(false).start()) {
            var api = new StateApi(process);

            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                assertThat(api.readinessStatus()).isEqualTo(503);
                assertThat(api.readiness()).contains("partition 0", "the log has no offset 0");
            });
            assertThat(api.partition(0).nextOffset()).isZero();
        }
    }

    @Test
    void aTopicThatIsMissingAtTheStartIsWaitedFor() {
        var topic = "late-" + UUID.randomUUID();
        var configuration = database.configuration(topic);

        try (var process =
                ServiceProcess.of("state-service").configuration(configuration).start()) {
            var api = new StateApi(process);
            assertThat(api.systemState().lag()).isZero();

            var log = TestLog.of(topic, 1);
            log.write(0, List.of(OWNER.claim(), OWNER.created(log.newBot(0))));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.systemState().bots()).isEqualTo(1));
        }
    }

    @Test
    void ofTwoProcessesWithOneNameTheLaterFoldsAndTheEarlierSaysThatItDoesNot() {
        var log = TestLog.fresh(1);
        try (var earlier = service(log).start();
                var later = service(log).start()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(new StateApi(earlier).readiness())
                            .contains("another process has this instance id"));

            log.write(0, List.of(OWNER.claim(), OWNER.created(log.newBot(0))));

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(new StateApi(later).partition(0).nextOffset())
                                    .isEqualTo(2));
        }
    }
}
