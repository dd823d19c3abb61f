package io.everstate.state.snapshot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.github.luben.zstd.ZstdInputStream;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import io.everstate.platform.testkit.LogEnd;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A snapshot was taken of an end that a broker's disk has lost; the log has grown beyond that place since, by the events of another owner, and was
 * folded anew. On a platform of its own.
 */
@Tag("SF13")
class SnapshotsOfLostEndsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOPIC = "events";
    private static final Owner LOST = new Owner(1);
    private static final Owner NEXT = new Owner(2);
    private static final int CUT = 7;
    private static final int OF_THE_LOST_SNAPSHOT = 14;

    @TempDir
    private static Path directory;

    private static final BotId TRADING = Owner.newBot();
    private static final BotId REPLACED = Owner.newBot();
    private static final BotId NEW = Owner.newBot();

    private static ProcessPlatform platform;
    private static TestLog log;
    private static ServiceProcess process;
    private static StateApi api;
    /** What each bot was after each of its events, by a plain fold of the log that there is now. */
    private static Map<BotId, List<BotState>> history;

    @BeforeAll
    static void loseTheEndOfWhatASnapshotHas() {
        platform = ProcessPlatform.start(
                PlatformOptions.in(directory).ports(Ports.free()).secrets(Secrets.generate()));
        log = TestLog.of(platform.kafka(), TOPIC, 1);
        process = ServiceProcess.of("state-service")
                .configuration(new TestDatabase(platform.database("state")).configuration(log))
                .start();
        api = new StateApi(process);
        log.write(0, List.of(LOST.claim()));
        write(LOST.created(TRADING), LOST.started(TRADING), LOST.created(REPLACED), LOST.started(REPLACED));
        write(LOST.trade(TRADING, 3));
        take("FULL");
        write(LOST.trade(TRADING, 4), LOST.trade(REPLACED, 3));
        for (var sequence = 5; sequence <= 10; sequence++) {
            write(LOST.trade(TRADING, sequence));
        }
        assertThat(take("FULL").offsets()).containsEntry(0, (long) OF_THE_LOST_SNAPSHOT);
        process.kill();

        platform.kill();
        LogEnd.cut(directory, TOPIC, 0, CUT);
        platform.restart();
        goOnBelowTheLostPlace();
        process.restart();
        awaitFoldedAnew();
        goOnBeyondTheLostPlace();
        history = history();
    }

    @AfterAll
    static void stop() {
        process.close();
        log.close();
        platform.close();
    }

    /** One batch each: the log is cut between batches. */
    private static void write(BotEventRecorded... events) {
        List.of(events).forEach(event -> log.write(0, List.of(Owner.now(event))));
        var last = events[events.length - 1];
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () -> api.get("/api/v1/bots/" + last.bot() + "/trades?limit=1&atLeast=" + last.sequence())
                                .statusCode(200));
    }

    private static SnapshotView take(String kind) {
        return api.post("/api/v1/snapshots", "{\"kind\":\"%s\"}".formatted(kind))
                .statusCode(201)
                .extract()
                .as(SnapshotView.class);
    }

    /** Before it is folded anew, in a batch that ends in front of the place of the lost snapshot. */
    private static void goOnBelowTheLostPlace() {
        try (var writer = TestLog.of(platform.kafka(), TOPIC, 1)) {
            var known = requireNonNull(writer.foldedBots().get(TRADING));
            writer.write(
                    0,
                    List.of(
                            NEXT.claim(),
                            Owner.now(NEXT.record(TRADING, 12, new CheckpointTaken("lost", known))),
                            Owner.now(NEXT.created(NEW)),
                            Owner.now(NEXT.trade(REPLACED, 3))));
            assertThat(writer.records(0)).hasSizeLessThan(OF_THE_LOST_SNAPSHOT);
        }
    }

    private static void awaitFoldedAnew() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> api.get("/api/v1/validations").body("items.kind", hasItem("LOG_ANEW")));
    }

    private static void goOnBeyondTheLostPlace() {
        for (var sequence = 13; sequence <= 17; sequence++) {
            write(NEXT.trade(TRADING, sequence));
        }
    }

    private static Map<BotId, List<BotState>> history() {
        var states = new LinkedHashMap<BotId, List<BotState>>();
        var end = log.records(0).size();
        assertThat(end).isGreaterThan(OF_THE_LOST_SNAPSHOT);
        for (var offset = 1; offset <= end; offset++) {
            for (var bot : log.foldedUpTo(Map.of(0, (long) offset))) {
                var known = states.computeIfAbsent(bot.id(), _ -> new ArrayList<>());
                if (known.isEmpty() || !known.getLast().equals(bot)) {
                    known.add(bot);
                }
            }
        }
        return states;
    }

    private static BotState earlier(BotId bot, String question) {
        return api.get("/api/v1/bots/" + bot + question)
                .statusCode(200)
                .extract()
                .as(BotState.class);
    }

    @Test
    void anEventLeadsToTheStateThatTheLogMakesOfIt() {
        history.forEach((bot, states) -> states.forEach(state ->
                assertThat(earlier(bot, "?sequence=" + state.sequence())).isEqualTo(state)));
    }

    @Test
    void aTimeLeadsToTheStateThatTheLogMakesUpToIt() {
        history.forEach((bot, states) -> states.forEach(
                state -> assertThat(earlier(bot, "?at=" + state.updatedAt())).isEqualTo(state)));
    }

    @Test
    void theEventsBehindAPlaceThatIsLostAreListed() {
        for (var after : List.of(0, 4, 8, 11, 12, 14)) {
            api.get("/api/v1/bots/%s/events?after=%d".formatted(TRADING, after))
                    .statusCode(200)
                    .body(
                            "items.sequence",
                            equalTo(requireNonNull(history.get(TRADING)).stream()
                                    .map(state -> (int) state.sequence())
                                    .filter(sequence -> sequence > after)
                                    .toList()));
        }
    }

    @Test
    void theNextSnapshotHasEachBotAsItIsNow() throws IOException {
        var snapshot = take("INCREMENTAL");

        assertThat(snapshot.valid()).isTrue();
        assertThat(snapshot.kind()).isEqualTo("FULL");
        assertThat(bots(snapshot))
                .containsExactlyInAnyOrderElementsOf(log.foldedBots().values());
    }

    private static List<BotState> bots(SnapshotView snapshot) throws IOException {
        var content = api.get("/api/v1/snapshots/%s/content".formatted(snapshot.id()))
                .statusCode(200)
                .extract()
                .asByteArray();
        try (var unpacked = new ZstdInputStream(new ByteArrayInputStream(content))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> TestJson.format().read(line.getBytes(StandardCharsets.UTF_8), BotState.class))
                    .toList();
        }
    }
}
