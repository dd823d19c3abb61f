package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.client.Bots.NewBot;
import io.everstate.cli.client.Rescue;
import io.everstate.cli.place.ServiceName;
import io.everstate.cli.tour.ChatReceiver;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupRequest;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.recovery.AlertView;
import io.everstate.contracts.view.Page;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.platform.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL, S3 and Kafka are away, one at a time, while ten bots trade; no service is ever restarted. */
class OutageIT {

    private static final Duration WRITE_DEADLINE = Duration.ofSeconds(5);

    @TempDir
    private static Path directory;

    private static ChatReceiver chat;
    private static LooseServices services;
    private static TradingFleet fleet;
    private static List<Long> processes;

    @BeforeAll
    static void start() {
        chat = ChatReceiver.start(text -> {});
        services = LooseServices.start(directory, chat.address());
        processes = services.alive();
        fleet = TradingFleet.start(services.clients());
    }

    @AfterAll
    static void stop() {
        if (fleet != null) {
            fleet.close();
        }
        if (services != null) {
            services.close();
        }
        chat.close();
    }

    @BeforeEach
    void allBotsTrade() {
        awaitMoreOfEach(fleet.tradesOfEach());
    }

    @AfterEach
    void noServiceEnded() {
        assertThat(services.alive()).isEqualTo(processes);
    }

    @Test
    @Tag("SF11")
    void withoutTheDatabaseBotsTradeOnAndStateServiceCatchesUp() {
        withoutPart(Part.POSTGRES, () -> {
            Map<BotId, Integer> before = fleet.tradesOfEach();
            Answer answer = Answer.get(services.url("state-service").resolve("/api/v1/bots"), token());

            answer.requireRetryable503();
            awaitMoreOfEach(before);
        });

        awaitEveryTradeOnce();
    }

    @Test
    @Tag("EC9")
    @Tag("BD19")
    void withoutTheStorageABackupFailsPeopleAreToldAndBotsTradeOn() {
        withoutPart(Part.S3, () -> {
            Map<BotId, Integer> before = fleet.tradesOfEach();
            BackupView failed = backUp("while the storage is away");

            assertThat(failed.status()).isEqualTo(BackupView.Status.FAILED);
            assertThat(failed.failure()).isNotBlank();
            awaitAlert(failed);
            awaitMoreOfEach(before);
        });

        Patience.await(
                "a backup when it is back",
                () -> "",
                () -> assertThat(backUp("when it is back").status()).isEqualTo(BackupView.Status.COMPLETED));
    }

    @Test
    @Tag("SF11")
    void withoutTheLogWritesAreRefusedInTimeAndNothingAcknowledgedIsLost() {
        String key = UUID.randomUUID().toString();
        withoutPart(Part.KAFKA, () -> {
            Answer answer = create(key);

            answer.requireRetryable503();
            assertThat(answer.after()).isLessThan(WRITE_DEADLINE);
        });

        awaitMoreOfEach(fleet.tradesOfEach());
        awaitEveryTradeOnce();
        Answer repeated = create(key);
        assertThat(repeated.status()).as(repeated.body()).isEqualTo(201);
        assertThat(create(key).body()).as("the same key a third time").isEqualTo(repeated.body());
    }

    private static void withoutPart(Part part, Runnable meanwhile) {
        TestPlatform.shared().pause(part);
        try {
            meanwhile.run();
        } finally {
            TestPlatform.shared().resume(part);
        }
    }

    private static Answer create(String key) {
        NewBot bot = new NewBot(
                "during-an-outage",
                "sma-cross",
                List.of("BTC/USD"),
                Amount.of(1000),
                Map.of(),
                RestartPolicy.MANUAL,
                null);
        return Answer.post(services.url("bot-service").resolve("/api/v1/bots"), token(), key, bot);
    }

    private static BackupView backUp(String description) {
        Rescue rescue = new Rescue(services.clients());
        UUID id = rescue.request(new BackupRequest("default", BackupKind.FULL, description))
                .id();
        await(
                "the backup's end",
                () -> assertThat(rescue.backup(id).status())
                        .isIn(BackupView.Status.COMPLETED, BackupView.Status.FAILED, BackupView.Status.CORRUPTED));
        return rescue.backup(id);
    }

    private static void awaitAlert(BackupView failed) {
        await(
                "the alert among the kept ones",
                () -> assertThat(services.clients()
                                .of(ServiceName.RECOVERY)
                                .get("/api/v1/alerts", new TypeReference<Page<AlertView>>() {})
                                .items())
                        .anySatisfy(alert -> {
                            assertThat(alert.kind()).isEqualTo("backup-failed");
                            assertThat(alert.text()).contains(failed.id().toString());
                        }));
        await(
                "the alert in the chat",
                () -> assertThat(chat.alerts())
                        .anySatisfy(text -> assertThat(text)
                                .startsWith("error: ")
                                .contains(failed.id().toString())));
    }

    private static void awaitMoreOfEach(Map<BotId, Integer> before) {
        await("all bots trade", () -> fleet.requireMoreOfEach(before));
    }

    private static void awaitEveryTradeOnce() {
        await("state-service has every acknowledged trade once", fleet::requireEveryTradeOnce);
    }

    private static void await(String what, ThrowingRunnable condition) {
        Patience.await(what, services::lastLines, condition);
    }

    private static String token() {
        return TestIdentity.shared().token("operator");
    }
}
