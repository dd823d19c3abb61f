package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.cli.console.Json;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.BotPartitioner;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log has thrown its beginning away, as a topic with a limit of time does, after backup-service had archived it. */
class ArchivedLogIT {

    private static final int PARTITIONS = 12;
    private static final int TRADES = 20;
    private static final int WANTED = 12;

    @AutoClose
    private final OwnPlatform platform;

    @AutoClose
    private final ServiceProcess backups;

    @AutoClose
    private final ServiceProcess states;

    @AutoClose
    private final ServiceProcess bots;

    ArchivedLogIT(@TempDir Path directory) {
        platform = OwnPlatform.in(directory);
        backups = platform.service("backup-service")
                .configuration(platform.database("backup"))
                .configuration(platform.bucket())
                .set("everstate.workspaces.default.directory", directory.resolve("workspace"))
                .set("everstate.segments.every", "1s")
                .start();
        states = stateService().start();
        bots = platform.service("bot-service")
                .set("everstate.peers.state-service", states.url())
                .set("everstate.market.speed", "5")
                .set("everstate.fleet.default-arbitrage-bot", "false")
                .set("everstate.workspace.directory", directory.resolve("workspace"))
                .set("everstate.checkpoint.directory", directory.resolve("checkpoints"))
                .start();
    }

    private ServiceProcess.Builder stateService() {
        return platform.service("state-service")
                .configuration(platform.database("state"))
                .set("everstate.peers.backup-service", backups.url());
    }

    @Test
    @Tag("EC10")
    @Tag("EC6")
    @Tag("PT16")
    void aBotGoesBackToWhatOnlyTheArchiveKnows() throws Exception {
        BotId bot = tradingBot();
        await("the bot trades", () -> assertThat(trades(bot)).isGreaterThan(TRADES));
        post(bots, "/api/v1/bots/" + bot + "/stop", Map.of(), 200);
        await(
                "all is folded",
                () -> assertThat(
                                json(states, "/api/v1/system-state").path("lag").asLong())
                        .isZero());
        JsonNode then = json(states, "/api/v1/bots/" + bot + "?sequence=" + WANTED);
        int partition = BotPartitioner.partitionOf(bot, PARTITIONS);
        long end = json(states, "/api/v1/partitions/" + partition)
                .path("nextOffset")
                .asLong();
        await("all is archived", () -> assertThat(archivedTo(partition)).isGreaterThanOrEqualTo(end));

        throwAway(partition, end);
        states.kill();
        try (ServiceProcess later =
                stateService().set("everstate.peers.bot-service", bots.url()).start()) {
            Map<String, Object> wanted = Map.of("bot", bot.toString(), "sequence", WANTED);
            String restore = "/api/v1/restores/"
                    + post(later, "/api/v1/restores", wanted, 202).path("id").asText();
            await(
                    "the restore ends",
                    () -> assertThat(json(later, restore).has("endedAt")).isTrue());

            JsonNode ended = json(later, restore);
            assertThat(ended.path("status").asText()).as("%s", ended).isEqualTo("COMPLETED");
            assertThat(ended.path("rung").asText()).isEqualTo("SEGMENTS");
            assertThat(json(bots, "/api/v1/bots/" + bot).path("portfolio")).isEqualTo(then.path("portfolio"));
        }
    }

    private void throwAway(int partition, long end) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.kafka()))) {
            TopicPartition place = new TopicPartition(Topics.BOT_EVENTS, partition);
            admin.deleteRecords(Map.of(place, RecordsToDelete.beforeOffset(end)))
                    .all()
                    .get();
        }
    }

    private long archivedTo(int partition) throws IOException {
        return StreamSupport.stream(json(backups, "/api/v1/segment-partitions").spliterator(), false)
                .filter(one -> one.path("partition").asInt() == partition)
                .mapToLong(one -> one.path("archivedTo").asLong())
                .sum();
    }

    private BotId tradingBot() throws IOException {
        Map<String, Object> wanted = Map.of(
                "name", "hosted",
                "strategy", "sma-cross",
                "symbols", List.of("BTC/USD"),
                "initialBalance", "10000",
                "feeRate", "0",
                "parameters", Map.of("fast", 2, "slow", 4));
        BotId bot =
                BotId.of(Reporter.made(bots, "/api/v1/bots", wanted).path("id").asText());
        post(bots, "/api/v1/bots/" + bot + "/start", Map.of(), 200);
        return bot;
    }

    private long trades(BotId bot) throws IOException {
        return json(bots, "/api/v1/bots/" + bot).at("/portfolio/trades").asLong();
    }

    private void await(String what, ThrowingRunnable condition) {
        Patience.await(what, () -> LastLines.of(backups.log()) + "\n" + LastLines.of(states.log()), condition);
    }

    private static JsonNode post(ServiceProcess service, String path, Object body, int status) throws IOException {
        Answer answer = Answer.post(
                service.url().resolve(path), token(), UUID.randomUUID().toString(), body);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(status);
        return Json.MAPPER.readTree(answer.body());
    }

    private static JsonNode json(ServiceProcess service, String path) throws IOException {
        Answer answer = Answer.get(service.url().resolve(path), token());
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private static String token() {
        return TestIdentity.shared().token("admin");
    }
}
