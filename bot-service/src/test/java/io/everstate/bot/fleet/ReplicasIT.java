package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.launcher.Part;
import io.everstate.platform.launcher.Platform;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real bot-service processes on one real log, under real signals. */
class ReplicasIT {
    private static final double SPEED = 50;
    private static final Duration SOON = Duration.ofSeconds(25);
    /** The same in all tests: a member that comes back under its name need not wait until the group has missed the one before. */
    private static final String ALONE = "alone";

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static Platform platform;

    @TempDir
    Path directory;

    @BeforeAll
    static void startPlatform(@TempDir Path files) {
        platform = ProcessPlatform.start(PlatformOptions.in(files)
                .ports(Ports.free())
                .secrets(Secrets.generate())
                .controlled());
    }

    @AfterAll
    static void stopPlatform() {
        platform.close();
    }

    @Test
    @Tag("SF6")
    @Tag("PT4")
    void aKilledServiceComesBackWithEveryAcknowledgedTrade() {
        var ledger = new TradeLedger();
        try (var service = BotServiceProcess.start(platform, ALONE, directory, SPEED)) {
            var id = service.create("resumes", "RESUME");
            service.act(id, "start");
            await().atMost(SOON).until(() -> ledger.note(service.bot(id).body()) >= 5);
            var before = service.bot(id).body();

            service.process().kill();
            service.process().restart();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(service.bot(id)
                                    .body()
                                    .path("portfolio")
                                    .path("trades")
                                    .asLong())
                            .isGreaterThan(
                                    before.path("portfolio").path("trades").asLong()));
            var after = service.bot(id).body();
            ledger.verify(after);
            assertThat(after.path("lifecycle").path("restarts").asInt()).isEqualTo(1);
            service.act(id, "stop");
        }
    }

    @Test
    @Tag("SF5")
    void afterAHardKillManualBotsAreMarkedStopped() {
        try (var service = BotServiceProcess.start(platform, ALONE, directory, SPEED)) {
            var bots = IntStream.range(0, 3)
                    .mapToObj(number -> service.create("manual-" + number, "MANUAL"))
                    .toList();
            bots.forEach(id -> service.act(id, "start"));

            service.process().kill();
            service.process().restart();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(bots).allSatisfy(id -> {
                        var lifecycle = service.bot(id).body().path("lifecycle");
                        assertThat(lifecycle.path("status").asText()).isEqualTo("STOPPED");
                        assertThat(lifecycle.path("stopReason").asText()).isEqualTo("RESTART");
                    }));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(Files.readString(service.process().log()))
                                    .contains("3 bots were running before restart, marked as stopped"));
        }
    }

    @Test
    @Tag("SF4")
    void aSoftRestartSavesTheNewestPricesAndGoesOn() {
        try (var service = BotServiceProcess.start(platform, ALONE, directory, SPEED)) {
            var id = service.create("soft", "RESUME");
            service.act(id, "start");
            var position = await().atMost(SOON).until(() -> position(service, id), number -> number > 20);

            service.process().close();
            service.process().restart();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(position(service, id)).isGreaterThanOrEqualTo(position));
            assertThat(Files.exists(directory.resolve("workspace/logs/bot_state.json")))
                    .isTrue();
            service.act(id, "stop");
        }
    }

    @Test
    @Tag("PT13")
    void aSuspendedOwnerIsReplacedAndNeverAnswersForItsBotsAgain() {
        try (var one = BotServiceProcess.start(platform, ALONE, directory.resolve("1"), SPEED);
                var two = BotServiceProcess.start(platform, "another", directory.resolve("2"), SPEED)) {
            var ledger = new TradeLedger();
            var id = botOwnedBy(one, two);
            one.act(id, "start");
            await().atMost(SOON).until(() -> ledger.note(one.bot(id).body()) >= 3);

            var onItsWay = CompletableFuture.supplyAsync(() -> one.act(id, "force-save"));
            one.process().suspend();
            var suspended = Instant.now();
            await().atMost(SOON).until(() -> two.bot(id).status() == 200);
            var takenOver = Duration.between(suspended, Instant.now());
            var acted = two.act(id, "force-save");
            await().atMost(SOON).until(() -> ledger.note(two.bot(id).body()) >= 6);
            one.process().resume();
            var awake = one.act(id, "force-save");

            assertThat(acted.status()).isEqualTo(200);
            assertThat(takenOver).as("takeover").isLessThan(Duration.ofSeconds(20));
            assertThat(awake.status()).as("%s", awake).isIn(200, 503);
            assertThat(awake.status() != 200 || sequence(awake) > sequence(acted))
                    .as("what it answers after it woke up counts behind %s: %s", acted, awake)
                    .isTrue();
            var acknowledged = Math.max(sequence(awake), sequence(onItsWay.join()));
            assertThat(sequence(two.bot(id)))
                    .as("all that was acknowledged is known to the owner")
                    .isGreaterThanOrEqualTo(acknowledged);
            await().atMost(SOON).untilAsserted(() -> {
                var here = one.bot(id);
                assertThat(here.status()).isEqualTo(200);
                assertThat(sequence(here)).isGreaterThanOrEqualTo(sequence(acted));
            });
            ledger.verify(two.bot(id).body());
            two.act(id, "stop");
        }
    }

    @Test
    void anyReplicaTakesAnyRequest() {
        try (var one = BotServiceProcess.start(platform, ALONE, directory.resolve("1"), SPEED);
                var two = BotServiceProcess.start(platform, "another", directory.resolve("2"), SPEED)) {
            var id = botOwnedBy(one, two);
            var key = UUID.randomUUID().toString();

            var started = two.act(id, "start", key);
            var repeated = one.act(id, "start", key);

            assertThat(started.status()).isEqualTo(200);
            assertThat(repeated.status()).isEqualTo(200);
            assertThat(two.get("/api/v1/bots").body().path("items").findValuesAsText("id"))
                    .contains(id);
            assertThat(two.act(id, "stop").status()).isEqualTo(200);
        }
    }

    @Test
    void withoutKafkaWritesAreRefusedInTimeAndComeBackByThemselves() {
        try (var service = BotServiceProcess.start(platform, ALONE, directory, SPEED)) {
            var ledger = new TradeLedger();
            var id = service.create("outage", "RESUME");
            service.act(id, "start");
            await().atMost(SOON).until(() -> ledger.note(service.bot(id).body()) >= 3);

            platform.pause(Part.KAFKA);
            var key = UUID.randomUUID().toString();
            var began = Instant.now();
            var refused = service.act(id, "force-save", key);
            var took = Duration.between(began, Instant.now());
            platform.resume(Part.KAFKA);

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body().path("retryable").asBoolean()).isTrue();
            assertThat(took).isLessThan(Duration.ofSeconds(5));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(service.act(id, "force-save", key).status())
                                    .isEqualTo(200));
            ledger.verify(service.bot(id).body());
            assertThat(service.bot(id).body().path("lifecycle").path("restarts").asInt())
                    .as("an outage of the log is no restart")
                    .isZero();
            service.act(id, "stop");
        }
    }

    /** -1 of an answer that carries no bot. */
    private static long sequence(BotServiceProcess.Answer answer) {
        return answer.body().path("sequence").asLong(-1);
    }

    private static long position(BotServiceProcess service, String id) {
        return service.act(id, "force-save")
                .body()
                .path("portfolio")
                .path("symbols")
                .path("BTC/USD")
                .path("feedPosition")
                .asLong(-1);
    }

    /** Bots fall on partitions by their id; makes some until one falls on a partition of the wanted owner. */
    private static String botOwnedBy(BotServiceProcess owner, BotServiceProcess other) {
        await().atMost(SOON)
                .until(() -> !partitions(owner).isEmpty()
                        && !partitions(other).isEmpty()
                        && owner.get("/api/v1/bots").status() == 200);
        for (var attempt = 0; attempt < 30; attempt++) {
            var id = owner.create("placed-" + attempt, "RESUME");
            var owned =
                    owner.get("/api/v1/partitions/share").body().path("bots").findValuesAsText("id");
            if (owned.contains(id)) {
                return id;
            }
        }
        throw new AssertionError("no bot fell on a partition of the wanted owner");
    }

    private static String partitions(BotServiceProcess service) {
        var owned = service.get("/api/v1/partitions").body();
        return owned.isArray() && !owned.isEmpty() ? owned.toString() : "";
    }
}
