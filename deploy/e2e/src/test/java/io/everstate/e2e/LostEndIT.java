package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.cli.console.Json;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.BotPartitioner;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.LogEnd;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything is killed, the broker's disk has lost the end of the log and bot-service's disk its checkpoints: what the bots were is only in
 * state-service's database. They go on from there, and no person does anything, but where their owner went on before it could ask.
 */
class LostEndIT {

    private static final int PARTITIONS = 12;
    private static final int BEFORE = 20;
    private static final long AHEAD = 1_000_000;

    private final Path directory;

    @AutoClose
    private final OwnPlatform platform;

    @AutoClose
    private final ServiceProcess states;

    @AutoClose
    private final ServiceProcess bots;

    LostEndIT(@TempDir Path directory) {
        this.directory = directory;
        platform = OwnPlatform.in(directory);
        states = stateService().start();
        bots = botService();
    }

    @Test
    @Tag("SF13")
    @Tag("PT4")
    @Tag("EC3")
    @Tag("EC6")
    void botsWhoseNewestStateIsOnlyInTheDatabaseGoOnFromItByThemselves() throws Exception {
        BotId hosted = startedBot("RESUME");
        try (Reporter reporter = Reporter.start(bots)) {
            await("both bots do something", () -> {
                assertThat(trades(bot(bots, hosted))).isGreaterThan(BEFORE);
                assertThat(reports(bot(bots, reporter.bot()))).isGreaterThan(BEFORE);
            });

            bots.kill();
            JsonNode known = foldedToTheEnd(hosted);
            JsonNode knownElsewhere = foldedToTheEnd(reporter.bot());
            List<Place> places = List.of(place(hosted), place(reporter.bot()));
            states.kill();
            platform.platform().kill();
            places.forEach(place ->
                    LogEnd.cut(platform.options().data(), Topics.BOT_EVENTS, place.partition(), place.end() / 2));
            loseCheckpoints();
            platform.platform().restart();
            states.restart();
            bots.restart();

            await("both go on", () -> {
                JsonNode now = bot(bots, hosted);
                assertThat(trades(now)).isGreaterThan(trades(known));
                assertThat(sequence(now)).isGreaterThan(sequence(known) + AHEAD);
                assertThat(now.at("/lifecycle/restarts").asInt()).isEqualTo(1);
                JsonNode elsewhere = bot(bots, reporter.bot());
                assertThat(sequence(elsewhere)).isGreaterThan(sequence(knownElsewhere) + AHEAD);
                assertThat(reports(elsewhere)).isGreaterThan(reports(knownElsewhere));
            });
            reporter.end();
            await(
                    "no report that was acknowledged is lost, or there twice",
                    () -> assertThat(reports(bot(bots, reporter.bot()))).isEqualTo(reporter.acknowledged()));
            await("state-service follows both again", () -> followsAgain(states, hosted, reporter.bot()));
        }
    }

    @Test
    @Tag("SF13")
    void aPersonHasABotWhoseOwnerWentOnFirstGoOnFromWhatIsKnown() throws Exception {
        BotId hosted = startedBot("MANUAL");
        await("the bot trades", () -> assertThat(trades(bot(bots, hosted))).isGreaterThan(BEFORE));
        bots.kill();
        JsonNode known = foldedToTheEnd(hosted);
        Place place = place(hosted);
        states.kill();
        platform.platform().kill();
        LogEnd.cut(platform.options().data(), Topics.BOT_EVENTS, place.partition(), place.end() / 2);
        loseCheckpoints();
        platform.platform().restart();
        bots.restart();
        await(
                "its owner goes on with what the log has",
                () -> assertThat(bot(bots, hosted).at("/lifecycle/status").asText())
                        .isEqualTo("STOPPED"));
        try (ServiceProcess later =
                stateService().set("everstate.peers.bot-service", bots.url()).start()) {
            aPersonDecides(hosted, later);

            await("state-service follows it again", () -> followsAgain(later, hosted));
            assertThat(bot(bots, hosted).path("portfolio")).isEqualTo(known.path("portfolio"));
            assertThat(bot(later, hosted).path("portfolio")).isEqualTo(known.path("portfolio"));
        }
    }

    /** Tries what is refused while the bot runs, and does what the refusals say. */
    private void aPersonDecides(BotId bot, ServiceProcess later) throws IOException {
        await(
                "state-service keeps what is lost",
                () -> assertThat(
                                json(later, "/api/v1/parked").at("/items/0/bot").asText())
                        .isEqualTo(bot.toString()));
        post(bots, "/api/v1/bots/" + bot + "/start", Map.of(), 200);
        String skip = "/api/v1/parked/" + bot + "/skip";
        Map<String, Object> reason = Map.of("reason", "the log lost its end");
        assertThat(whyNotRestored(bot, later)).contains("stop it, then POST " + skip);
        assertThat(post(later, skip, reason, 409).path("detail").asText()).contains("stop it first");
        post(bots, "/api/v1/bots/" + bot + "/stop", Map.of(), 200);
        post(later, skip, reason, 200);
    }

    private String whyNotRestored(BotId bot, ServiceProcess later) throws IOException {
        JsonNode begun = post(later, "/api/v1/restores", Map.of("bot", bot.toString(), "sequence", 2), 202);
        String restore = "/api/v1/restores/" + begun.path("id").asText();
        await(
                "the restore ends",
                () -> assertThat(json(later, restore).path("status").asText()).isEqualTo("FAILED"));
        return json(later, restore + "/bots").at("/items/0/reason").asText();
    }

    private JsonNode post(ServiceProcess service, String path, Object body, int status) throws IOException {
        Answer answer = Answer.post(
                service.url().resolve(path), token(), UUID.randomUUID().toString(), body);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(status);
        return Json.MAPPER.readTree(answer.body());
    }

    private ServiceProcess.Builder stateService() {
        return platform.service("state-service").configuration(platform.database("state"));
    }

    private ServiceProcess botService() {
        return platform.service("bot-service")
                .set("everstate.peers.state-service", states.url())
                .set("everstate.ownership.instance", "alone")
                .set("everstate.market.speed", "5")
                .set("everstate.fleet.default-arbitrage-bot", "false")
                .set("everstate.workspace.directory", directory.resolve("workspace"))
                .set("everstate.checkpoint.directory", checkpoints())
                .start();
    }

    private Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    private void loseCheckpoints() throws IOException {
        try (Stream<Path> walk = Files.walk(checkpoints())) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        assertThat(checkpoints()).doesNotExist();
    }

    private BotId startedBot(String restartPolicy) throws IOException {
        Map<String, Object> wanted = Map.of(
                "name", "hosted",
                "strategy", "sma-cross",
                "symbols", List.of("BTC/USD"),
                "initialBalance", "10000",
                "feeRate", "0",
                "parameters", Map.of("fast", 2, "slow", 4),
                "restartPolicy", restartPolicy);
        BotId bot = BotId.of(made("/api/v1/bots", wanted).path("id").asText());
        post(bots, "/api/v1/bots/" + bot + "/start", Map.of(), 200);
        return bot;
    }

    private JsonNode made(String path, Object body) {
        return Reporter.made(bots, path, body);
    }

    private record Place(int partition, long end) {}

    private Place place(BotId bot) throws IOException {
        int partition = BotPartitioner.partitionOf(bot, PARTITIONS);
        return new Place(
                partition,
                json(states, "/api/v1/partitions/" + partition)
                        .path("nextOffset")
                        .asLong());
    }

    private JsonNode foldedToTheEnd(BotId bot) throws IOException {
        await(
                "all is folded",
                () -> assertThat(
                                json(states, "/api/v1/system-state").path("lag").asLong())
                        .isZero());
        return bot(states, bot);
    }

    private void followsAgain(ServiceProcess service, BotId... lost) throws IOException {
        assertThat(json(service, "/api/v1/parked").path("items")).isEmpty();
        JsonNode found = json(service, "/api/v1/validations").path("items");
        for (BotId bot : lost) {
            assertThat(StreamSupport.stream(found.spliterator(), false)
                            .filter(one -> one.path("kind").asText().equals("LOST_END"))
                            .filter(one -> one.path("bot").asText().equals(bot.toString())))
                    .singleElement()
                    .satisfies(one -> assertThat(one.path("healed").asText()).isNotBlank());
        }
    }

    private void await(String what, ThrowingRunnable condition) {
        Patience.await(what, () -> LastLines.of(bots.log()) + "\n" + LastLines.of(states.log()), condition);
    }

    private static JsonNode bot(ServiceProcess service, BotId bot) throws IOException {
        return json(service, "/api/v1/bots/" + bot);
    }

    private static JsonNode json(ServiceProcess service, String path) throws IOException {
        URI address = service.url().resolve(path);
        Answer answer = Answer.get(address, token());
        assertThat(answer.status()).as("%s: %s", address, answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private static long sequence(JsonNode bot) {
        return bot.path("sequence").asLong();
    }

    private static long trades(JsonNode bot) {
        return bot.at("/portfolio/trades").asLong();
    }

    private static long reports(JsonNode bot) {
        return bot.at("/external/reports").asLong();
    }

    private static String token() {
        return TestIdentity.shared().token("admin");
    }
}
