package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.platform.launcher.Platform;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several real replicas that share one fleet, while some of them die, sleep, leave, or are heard of too late. */
class SharedFleetIT {
    private static final Logger LOG = Logger.getLogger(SharedFleetIT.class);
    private static final double SPEED = 50;
    private static final int BOTS = 12;
    private static final Duration SOON = Duration.ofSeconds(40);

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static Platform platform;

    @TempDir
    Path directory;

    @BeforeAll
    static void startPlatform(@TempDir Path files) {
        platform = ProcessPlatform.start(
                PlatformOptions.in(files).ports(Ports.free()).secrets(Secrets.generate()));
    }

    @AfterAll
    static void stopPlatform() {
        platform.close();
    }

    @Test
    @Tag("PT13")
    void ofThreeOneDiesAndOneSleepsAndNoTradeIsLostOrDoubled() {
        try (var stays = start("stays");
                var dies = start("dies");
                var sleeps = start("sleeps")) {
            await().atMost(SOON).until(() -> Stream.of(stays, dies, sleeps).allMatch(SharedFleetIT::ownsSome));
            var bots = runningBots(stays);
            await().atMost(SOON)
                    .until(() -> bots.entrySet().stream()
                            .allMatch(bot ->
                                    bot.getValue().note(stays.bot(bot.getKey()).body()) >= 3));

            sleeps.process().suspend();
            dies.process().kill();
            var began = Instant.now();
            await().atMost(SOON).until(() -> owned(stays) == 12);
            var took = Duration.between(began, Instant.now());
            note(stays, bots);
            sleeps.process().resume();
            dies.process().restart();
            await().atMost(SOON).until(() -> Stream.of(stays, dies, sleeps).allMatch(SharedFleetIT::ownsSome));

            LOG.infof("a replica that died and one that slept were replaced after %s", took);
            assertThat(took).isLessThan(Duration.ofSeconds(20));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(bots).allSatisfy((id, ledger) -> {
                        var shown = dies.bot(id);
                        assertThat(shown.status()).isEqualTo(200);
                        ledger.verify(shown.body());
                        assertThat(trades(shown.body())).isGreaterThan(ledger.size() / 2);
                    }));
            bots.keySet().forEach(id -> stays.act(id, "stop"));
        }
    }

    @Test
    void whoStopsHandsItsBotsOverAtOnce() {
        try (var stays = start("stays");
                var leaves = start("leaves")) {
            await().atMost(SOON).until(() -> ownsSome(stays) && ownsSome(leaves));
            var bots = runningBots(stays);
            await().atMost(SOON)
                    .until(() -> bots.entrySet().stream()
                            .allMatch(bot ->
                                    bot.getValue().note(stays.bot(bot.getKey()).body()) >= 3));

            var began = Instant.now();
            leaves.process().close();
            await().atMost(SOON).until(() -> owned(stays) == 12);
            var took = Duration.between(began, Instant.now());

            LOG.infof("a replica that stopped was replaced %s after the signal", took);
            assertThat(took).as("well before its session ends").isLessThan(Duration.ofSeconds(5));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(bots).allSatisfy((id, ledger) -> {
                        var shown = stays.bot(id);
                        assertThat(shown.status()).isEqualTo(200);
                        ledger.verify(shown.body());
                    }));
            bots.keySet().forEach(id -> stays.act(id, "stop"));
        }
    }

    /** A bot that waits for a person after a restart must not do so because its replica is updated while others stand. */
    @Test
    @Tag("SF5")
    void aManualBotGoesOnWhenItsReplicaLeavesAndIsStoppedWhenAllWereRestarted() throws IOException {
        try (var stays = start("stays");
                var leaves = start("leaves")) {
            await().atMost(SOON).until(() -> ownsSome(stays) && ownsSome(leaves));
            var bots = runningBots(stays, "MANUAL");
            await().atMost(SOON)
                    .until(() -> bots.entrySet().stream()
                            .allMatch(bot ->
                                    bot.getValue().note(stays.bot(bot.getKey()).body()) >= 3));

            leaves.process().close();
            await().atMost(SOON).until(() -> owned(stays) == 12);
            note(stays, bots);
            assertGoOn(stays, bots);
            leaves.process().restart();
            await().atMost(SOON).until(() -> ownsSome(stays) && ownsSome(leaves));
            assertGoOn(stays, bots);
            assertThat(Files.readString(stays.process().log())).doesNotContain("marked as stopped");

            leaves.process().close();
            stays.process().close();
            stays.process().restart();
            await().atMost(SOON).until(() -> owned(stays) == 12);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(bots).allSatisfy((id, ledger) -> {
                        var shown = stays.bot(id).body();
                        assertThat(shown.path("lifecycle").path("status").asText())
                                .isEqualTo("STOPPED");
                        assertThat(shown.path("lifecycle").path("stopReason").asText())
                                .isEqualTo("RESTART");
                        ledger.verify(shown);
                    }));
            await().atMost(SOON)
                    .until(() -> Files.readString(stays.process().log())
                            .contains(BOTS + " bots were running before restart, marked as stopped"));
        }
    }

    private static void assertGoOn(BotServiceProcess service, Map<String, TradeLedger> bots) {
        var before = new LinkedHashMap<String, Long>();
        bots.keySet().forEach(id -> before.put(id, trades(service.bot(id).body())));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(bots).allSatisfy((id, ledger) -> {
                    var shown = service.bot(id).body();
                    assertThat(shown.path("lifecycle").path("status").asText()).isEqualTo("RUNNING");
                    assertThat(shown.path("lifecycle").path("restarts").asInt()).isZero();
                    assertThat(trades(shown)).isGreaterThan(before.getOrDefault(id, 0L) + 2);
                    ledger.verify(shown);
                }));
    }

    /** The classic zombie: it wrote in time, and the network brings it when another one has long been the owner. */
    @Test
    @Tag("PT13")
    void whatArrivesBehindTheTakeoverCountsNowhereAndIsSaid() throws Exception {
        try (var proxy = new HoldingProxy(platform.kafka());
                var late = BotServiceProcess.start(proxy.bootstrapServers(), "late", directory.resolve("late"), SPEED);
                var next = start("next")) {
            await().atMost(SOON).until(() -> ownsSome(late) && ownsSome(next));
            var id = botOwnedBy(late);
            late.act(id, "start");
            var ledger = new TradeLedger();
            await().atMost(SOON).until(() -> ledger.note(late.bot(id).body()) >= 3);

            proxy.hold();
            var onItsWay = CompletableFuture.supplyAsync(() -> late.act(id, "force-save"));
            await().atMost(SOON).until(() -> proxy.held() > 0);
            late.process().suspend();
            await().atMost(SOON).until(() -> owned(next) == 12);
            var acted = next.act(id, "force-save");
            proxy.release();
            await().atMost(SOON).until(() -> metric(next, "everstate_bot_events_fenced_total") > 0);
            late.process().resume();

            assertThat(acted.status()).isEqualTo(200);
            assertThat(onItsWay.join().status())
                    .as("never 2xx for what does not count")
                    .isEqualTo(503);
            assertThat(Files.readString(next.process().log())).contains("came too late and counts nowhere");
            await().atMost(SOON).untilAsserted(() -> {
                var shown = next.bot(id);
                assertThat(shown.status()).isEqualTo(200);
                ledger.verify(shown.body());
                assertThat(shown.body().path("sequence").asLong())
                        .isGreaterThanOrEqualTo(acted.body().path("sequence").asLong());
            });
            next.act(id, "stop");
        }
    }

    private BotServiceProcess start(String name) {
        return BotServiceProcess.start(platform, name, directory.resolve(name), SPEED);
    }

    private static Map<String, TradeLedger> runningBots(BotServiceProcess service) {
        return runningBots(service, "RESUME");
    }

    private static Map<String, TradeLedger> runningBots(BotServiceProcess service, String policy) {
        var bots = new LinkedHashMap<String, TradeLedger>();
        IntStream.range(0, BOTS)
                .forEach(number -> bots.put(service.create("shared-" + number, policy), new TradeLedger()));
        bots.keySet()
                .forEach(id -> await().atMost(SOON)
                        .until(() -> service.act(id, "start").status() == 200));
        return bots;
    }

    private static void note(BotServiceProcess service, Map<String, TradeLedger> bots) {
        bots.forEach((id, ledger) -> await().atMost(SOON).until(() -> {
            var shown = service.bot(id);
            return shown.status() == 200 && ledger.note(shown.body()) > 0;
        }));
    }

    private static String botOwnedBy(BotServiceProcess owner) {
        for (var attempt = 0; attempt < 30; attempt++) {
            var id = owner.create("placed-" + attempt, "RESUME");
            if (owner.get("/api/v1/partitions/share")
                    .body()
                    .path("bots")
                    .findValuesAsText("id")
                    .contains(id)) {
                return id;
            }
        }
        throw new AssertionError("no bot fell on a partition of the wanted owner");
    }

    private static boolean ownsSome(BotServiceProcess service) {
        return owned(service) > 0;
    }

    private static int owned(BotServiceProcess service) {
        var owned = service.get("/api/v1/partitions").body();
        return owned.isArray() ? owned.size() : 0;
    }

    private static long trades(JsonNode bot) {
        return bot.path("portfolio").path("trades").asLong();
    }

    private static double metric(BotServiceProcess service, String name) {
        return service.metrics()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
