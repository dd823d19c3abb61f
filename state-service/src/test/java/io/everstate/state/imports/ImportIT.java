package io.everstate.state.imports;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.external.ExternalState;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.BotImport;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.BotServiceStand;
import io.everstate.state.BotServiceStand.Asked;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People's files become bots of whoever owns them, by way of a real log; the whole way with a real bot-service is walked by deploy/e2e. */
@Tag("PT4")
@Tag("PT10")
class ImportIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner OWNER = new Owner(1);
    private static final TestLog LOG = TestLog.fresh(2);
    private static final Map<String, BotState> MADE = new ConcurrentHashMap<>();

    private static BotServiceStand owners;
    private static ServiceProcess process;
    private static StateApi api;

    @BeforeAll
    static void start() {
        owners = new BotServiceStand(ImportIT::refused).saying(ImportIT::made);
        LOG.write(0, List.of(OWNER.claim()));
        LOG.write(1, List.of(OWNER.claim()));
        process = ServiceProcess.of("state-service")
                .configuration(TestDatabase.empty().configuration(LOG))
                .set("everstate.peers.bot-service", owners.url())
                .start();
        api = new StateApi(process);
    }

    @BeforeEach
    void askForNoBackup() {
        owners.backingUp("");
        owners.forgetChanges();
    }

    @AfterAll
    static void stop() {
        process.close();
        owners.close();
        LOG.close();
    }

    private static boolean isImport(Asked asked) {
        return asked.path().equals("/api/v1/imported-bots");
    }

    private static BotImport wanted(Asked asked) {
        return TestJson.format().read(asked.body().getBytes(StandardCharsets.UTF_8), BotImport.class);
    }

    /** As bot-service: a bot that is there already was made with the same key, or is in the way. */
    private static @Nullable Problem refused(Asked asked) {
        if (!isImport(asked)) {
            return BotServiceStand.refused(ProblemType.NOT_FOUND, "not asked for here");
        }
        var wanted = wanted(asked);
        if (wanted.configuration().symbols().contains("DOGE/USD")) {
            return BotServiceStand.refused(ProblemType.INVALID, "symbols \"DOGE/USD\" is not among [BTC/USD]");
        }
        if (wanted.configuration().symbols().contains("AWAY/USD")) {
            return BotServiceStand.refused(ProblemType.UNAVAILABLE, "no owner");
        }
        var there = !MADE.containsKey(key(asked))
                && MADE.values().stream().anyMatch(bot -> bot.id().equals(wanted.id()));
        return there ? BotServiceStand.refused(ProblemType.CONFLICT, "there is a bot already") : null;
    }

    private static String key(Asked asked) {
        return requireNonNull(asked.key(), "every import has a key");
    }

    private static byte[] made(Asked asked) {
        var known = MADE.get(key(asked));
        if (known != null) {
            return TestJson.format().write(known);
        }
        var state = state(asked, wanted(asked));
        if (!"dryRun=true".equals(asked.query())) {
            var partition = LOG.partitionOf(state.id());
            LOG.write(
                    partition,
                    List.of(OWNER.record(
                            state.id(),
                            1,
                            new CheckpointTaken("import of " + wanted(asked).source(), state))));
            MADE.put(key(asked), requireNonNull(LOG.foldedBots().get(state.id())));
        }
        return TestJson.format().write(MADE.getOrDefault(key(asked), state));
    }

    private static BotState state(Asked asked, BotImport wanted) {
        var id = wanted.id() == null
                ? new BotId(UUID.nameUUIDFromBytes(key(asked).getBytes(StandardCharsets.UTF_8)))
                : wanted.id();
        return new BotState(
                BotState.VERSION,
                id,
                wanted.kind(),
                wanted.configuration(),
                0,
                Instant.EPOCH,
                wanted.lifecycle(),
                new Portfolio(wanted.symbols(), List.of()),
                List.of(),
                List.of(),
                wanted.kind() == BotKind.EXTERNAL ? ExternalState.created(null) : null);
    }

    private static ValidatableResponse take(String text, String query, Map<String, Object> said) {
        var body = new HashMap<>(said);
        body.put("name", "state.json");
        body.put("content", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        return api.post("/api/v1/imports" + query, new String(TestJson.format().write(body), StandardCharsets.UTF_8));
    }

    private static Map<String, Object> bitcoin() {
        return Map.of("symbols", Map.of("BTCUSDT", "BTC/USD"));
    }

    private static @Nullable String visible(String id, String field) {
        return api.get("/api/v1/bots/" + id)
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString(field);
    }

    @Test
    void aPaperTraderGoesOnHere() {
        var dry = take(Files.PAPER, "?dryRun=true", bitcoin());
        dry.statusCode(200)
                .body("dryRun", equalTo(true))
                .body("format", equalTo("PAPER_TRADER"))
                .body("bots.outcome", contains("WOULD_BE_MADE"))
                .body("bots[0].notes", hasItem(containsString("is a share of the value")));
        var before = api.bots().size();

        var id = take(Files.PAPER, "", bitcoin())
                .statusCode(200)
                .body("bots.outcome", contains("MADE"))
                .extract()
                .jsonPath()
                .getString("bots[0].bot.id");

        assertThat(dry.extract().jsonPath().getString("bots[0].bot.id")).isEqualTo(id);
        await().atMost(PATIENCE)
                .untilAsserted(() -> api.get("/api/v1/bots/" + id + "/trades?limit=1&atLeast=1")
                        .statusCode(200));
        assertThat(visible(id, "portfolio.symbols.'BTC/USD'.balance")).isEqualTo("5234.56");
        assertThat(visible(id, "portfolio.trades")).isEqualTo("14");
        assertThat(visible(id, "lifecycle.status")).isEqualTo("STOPPED");
        take(Files.PAPER, "", bitcoin()).statusCode(200).body("bots[0].bot.id", equalTo(id));
        assertThat(visible(id, "sequence")).as("a repetition writes nothing").isEqualTo("1");
        assertThat(api.bots()).hasSizeGreaterThan(before);
        api.get("/api/v1/bots/" + id + "/events")
                .statusCode(200)
                .body("items[0].type", containsString("checkpoint-taken"))
                .body("items[0].data.reason", containsString("import of state (paper trader 1.0, sha256"));
    }

    @Test
    @Tag("SF1")
    void aRegistryKeepsItsIdsAndItsDocuments() {
        var first = "123e4567-e89b-12d3-a456-426614174000";

        take(Files.SNIPER, "", Map.of())
                .statusCode(200)
                .body("bots.outcome", contains("MADE", "MADE"))
                .body("notes", hasItem(containsString("server_start_count 3")));

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> api.get("/api/v1/bots/" + first).statusCode(200).body("lifecycle.restarts", equalTo(2)));
        assertThat(owners.asked().stream().filter(asked -> asked.body().contains(first)))
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(wanted(asked).document()).isNotNull())
                .allSatisfy(asked -> assertThat(asked.authorization()).startsWith("Bearer "));
        take(Files.SNIPER, "", Map.of()).statusCode(200).body("bots.outcome", contains("MADE", "MADE"));
        take(Files.SNIPER.replace("5.8.1", "5.8.2"), "", Map.of())
                .statusCode(200)
                .body("bots.outcome", contains("REFUSED", "REFUSED"))
                .body("bots[0].why", containsString("already"));
    }

    /** bot-service asks for none before what this service has it do, so this one has to. */
    @Test
    @Tag("SF12")
    void anImportIsMadeAfterABackupThatItNames() {
        owners.backingUp("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");
        var file = Files.PAPER.replace("5234.56", "5234.58");

        take(file, "?dryRun=true", bitcoin()).statusCode(200);
        assertThat(owners.changes()).isEmpty();
        var id = take(file, "", bitcoin())
                .statusCode(200)
                .body("notes", hasItem("backup before 1 bots are imported: 0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55"))
                .extract()
                .jsonPath()
                .getString("bots[0].bot.id");

        await().atMost(PATIENCE)
                .untilAsserted(() -> api.get("/api/v1/bots/" + id).statusCode(200));
        assertThat(owners.changes()).singleElement().satisfies(asked -> {
            assertThat(asked.body()).contains("1 bots are imported", "operator");
            assertThat(asked.authorization()).startsWith("Bearer ");
        });
    }

    @Test
    @Tag("SF12")
    void nothingIsImportedWithoutABackupThatIsRequired() {
        owners.backingNothingUp("one is required: the storage does not answer");
        var asked = owners.asked().size();

        take(Files.PAPER.replace("5234.56", "5234.57"), "", bitcoin())
                .statusCode(503)
                .body("detail", containsString("one is required: the storage does not answer"));

        assertThat(owners.asked()).hasSize(asked);
    }

    @Test
    void otherFilesGoByAMapping() {
        var mapping = TestJson.format().read(Files.OTHER_MAPPING.getBytes(StandardCharsets.UTF_8), Map.class);
        var said = Map.<String, Object>of("mapping", requireNonNull(mapping));

        take(Files.OTHER, "?dryRun=true", said)
                .statusCode(200)
                .body("format", equalTo("MAPPED"))
                .body("bots[0].name", equalTo("swing"));
        take("{\"a\": 1}", "", Map.of()).statusCode(400).body("violations.field", contains("format"));
    }

    @Test
    void whatIsWrongIsNamedAndNothingIsMade() {
        var before = api.bots().size();

        take(Files.PAPER.replace("\"1.0\"", "\"2.0\""), "", bitcoin())
                .statusCode(400)
                .body("violations.field", contains("version"))
                .body("detail", containsString("the file stays as it is"));
        take(Files.PAPER.replace("5234.56", "NaN"), "", bitcoin())
                .statusCode(400)
                .body("detail", containsString("in line 10"));
        take(Files.PAPER, "", Map.of("symbols", Map.of("BTCUSDT", "DOGE/USD")))
                .statusCode(200)
                .body("bots.outcome", contains("REFUSED"))
                .body("bots[0].why", containsString("DOGE/USD"));
        take(Files.PAPER, "", Map.of("symbols", Map.of("BTCUSDT", "AWAY/USD")))
                .statusCode(503)
                .body("retryable", equalTo(true));
        take("x".repeat((5 << 20) + 10), "", Map.of())
                .statusCode(400)
                .body("detail", containsString("has more than 5242880 bytes"));
        api.post("/api/v1/imports", "{}").statusCode(400).body("violations.field", contains("content"));
        assertThat(api.bots()).hasSizeLessThanOrEqualTo(before);
    }
}
