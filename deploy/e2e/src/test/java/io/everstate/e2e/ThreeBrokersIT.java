package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.cli.console.Json;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.BotPartitioner;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.LogEnd;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.platform.testkit.TestPlatform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log has three replicas, two of which must have what is acknowledged, and its brokers die while a program reports through bot-service.
 * Neither service is restarted. In the end state-service has each report that was acknowledged, once.
 */
@Tag("SF11")
@Tag("SF13")
class ThreeBrokersIT {

    private static final int SOME = 20;
    private static final int PARTITIONS = 12;
    private static final Duration START = Duration.ofMinutes(2);
    /** bot-service's deadline for a command, and what a busy machine adds. */
    private static final Duration REFUSAL = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static ThreeBrokers brokers;
    private static ServiceProcess states;
    private static ServiceProcess bots;
    private Reporter reporter;

    @BeforeAll
    static void start() {
        brokers = ThreeBrokers.start(directory);
        Database database = TestPlatform.shared().newDatabase();
        states = service("state-service")
                .set("quarkus.datasource.jdbc.url", database.url())
                .set("quarkus.datasource.username", database.user())
                .set("quarkus.datasource.password", database.password())
                .awaitingReadiness(false)
                .start();
        bots = service("bot-service")
                .set("everstate.peers.state-service", states.url())
                .set("everstate.ownership.instance", "alone")
                .set("everstate.ownership.replication-factor", ThreeBrokers.ALL.size())
                .set("everstate.fleet.default-arbitrage-bot", "false")
                .set("everstate.workspace.directory", directory.resolve("workspace"))
                .set("everstate.checkpoint.directory", directory.resolve("checkpoints"))
                .awaitingReadiness(false)
                .start();
        bots.awaitReady(START);
        states.awaitReady(START);
    }

    private static ServiceProcess.Builder service(String name) {
        return ServiceProcess.of(name)
                .configuration(TestPlatform.shared().configuration())
                .set("kafka.bootstrap.servers", brokers.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        bots.close();
        states.close();
        brokers.close();
    }

    @BeforeEach
    void report() {
        reporter = Reporter.start(bots);
        goesOn("with all");
    }

    @AfterEach
    void end() {
        reporter.close();
    }

    @Test
    void whicheverIsKilledReportsGoOn() throws IOException {
        for (int node : ThreeBrokers.ALL) {
            brokers.kill(node);
            goesOn("without node " + node);
            brokers.start(node);
            await("node " + node + " is back", () -> brokers.requireInSync());
        }

        hasEachReportOnce();
    }

    @Test
    void whileTwoAreDeadNothingIsAcknowledgedAndThenItGoesOn() throws IOException {
        brokers.kill(1);
        brokers.kill(2);
        long before = reporter.acknowledged();
        Answer refused = Answer.post(
                bots.url().resolve("/api/v1/external-bots"),
                token(),
                UUID.randomUUID().toString(),
                Map.of("name", "late", "system", "python"));
        refused.requireRetryable503();
        assertThat(refused.after()).isLessThan(REFUSAL);
        assertThat(reporter.acknowledged()).as("one may have been on its way").isLessThanOrEqualTo(before + 1);
        assertThat(state(reporter.bot()).at("/external/reports").asLong())
                .as("who asks is answered")
                .isBetween(1L, before + 1);

        brokers.start(1);
        brokers.start(2);

        goesOn("with all again");
        await("all are back", () -> brokers.requireInSync());
        hasEachReportOnce();
    }

    /** As the power takes it: what was written and not synced. The others have it, for two must. */
    @Test
    void whatOneLostOfItsDiskItGetsFromTheOthers() throws IOException {
        int partition = BotPartitioner.partitionOf(reporter.bot(), PARTITIONS);
        for (int node : ThreeBrokers.ALL) {
            brokers.kill(node);
            LogEnd.cut(brokers.data(node), Topics.BOT_EVENTS, partition, 1);
            brokers.start(node);
            goesOn("while node " + node + " comes back");
            await("node " + node + " has it again", () -> brokers.requireInSync());
        }

        hasEachReportOnce();
    }

    /** Some more reports are acknowledged. */
    private void goesOn(String when) {
        long before = reporter.acknowledged();
        await("reports go on " + when, () -> assertThat(reporter.acknowledged()).isGreaterThan(before + SOME));
    }

    private void hasEachReportOnce() throws IOException {
        reporter.end();
        await(
                "all is folded",
                () -> assertThat(json("/api/v1/system-state").path("lag").asLong())
                        .isZero());

        assertThat(state(reporter.bot()).at("/external/reports").asLong()).isEqualTo(reporter.acknowledged());
        List<Long> numbers = new ArrayList<>();
        List<Long> contents = new ArrayList<>();
        for (String after = "0"; after != null; ) {
            JsonNode page = json("/api/v1/bots/%s/events?limit=500&after=%s".formatted(reporter.bot(), after));
            for (JsonNode event : page.path("items")) {
                numbers.add(event.path("sequence").asLong());
                if (event.at("/data/content").isTextual()) {
                    contents.add(event.at("/data/content").asLong());
                }
            }
            after = page.path("next").isNull() || page.path("next").isMissingNode()
                    ? null
                    : page.path("next").asText();
        }
        assertThat(numbers).isEqualTo(upTo(numbers.size()));
        assertThat(contents).isEqualTo(upTo(reporter.acknowledged()));
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static JsonNode state(BotId bot) throws IOException {
        return json("/api/v1/bots/" + bot);
    }

    private static JsonNode json(String path) throws IOException {
        URI address = states.url().resolve(path);
        Answer answer = Answer.get(address, token());
        assertThat(answer.status()).as("%s: %s", address, answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private static String token() {
        return TestIdentity.shared().token("admin");
    }

    private static void await(String what, ThrowingRunnable condition) {
        Patience.await(what, () -> LastLines.of(bots.log()) + "\n" + LastLines.of(states.log()), condition);
    }
}
