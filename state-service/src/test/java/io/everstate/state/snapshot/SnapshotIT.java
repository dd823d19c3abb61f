package io.everstate.state.snapshot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.github.luben.zstd.ZstdInputStream;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.store.SnapshotCorruptException;
import io.everstate.state.snapshot.store.SnapshotStates;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class SnapshotIT {
    private static final int PARTITION = 7;
    /** Nobody writes to it. */
    private static final int ANEW = 11;

    private final TestLog log = TestLog.of(Topics.BOT_EVENTS, 12);

    @Inject
    Transactions transactions;

    @Inject
    SnapshotStates states;

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role));
    }

    private static SnapshotView taken() {
        var answer = as("operator")
                .contentType("application/json")
                .body("{\"kind\":\"FULL\"}")
                .post("/api/v1/snapshots")
                .then()
                .statusCode(201)
                .extract();
        var snapshot = answer.as(SnapshotView.class);
        assertThat(answer.header("Location")).endsWith("/api/v1/snapshots/" + snapshot.id());
        return snapshot;
    }

    private static byte[] content(SnapshotView snapshot) {
        return as("viewer")
                .get("/api/v1/snapshots/" + snapshot.id() + "/content")
                .then()
                .statusCode(200)
                .header("ETag", "\"" + snapshot.sha256() + "\"")
                .extract()
                .asByteArray();
    }

    private static List<BotState> bots(byte[] content) throws IOException {
        try (var unpacked = new ZstdInputStream(new ByteArrayInputStream(content))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> TestJson.format().read(line.getBytes(StandardCharsets.UTF_8), BotState.class))
                    .toList();
        }
    }

    private int update(String statement, Object... values) {
        return transactions.write(connection -> {
            try (var prepared = connection.prepareStatement(statement)) {
                for (int i = 0; i < values.length; i++) {
                    prepared.setObject(i + 1, values[i]);
                }
                return prepared.executeUpdate();
            }
        });
    }

    private static void folded(BotId bot, int sequence) {
        await().untilAsserted(() -> as("viewer")
                .get("/api/v1/bots/" + bot + "/trades?limit=1&atLeast=" + sequence)
                .then()
                .statusCode(200));
    }

    private void damage(UUID snapshot) {
        update(
                "update system_state_snapshots set content = set_byte(content, 12, 255 - get_byte(content, 12)) where id = ?",
                snapshot);
    }

    @Test
    void aRepetitionIsAnsweredWithTheSameOne() throws Exception {
        var key = UUID.randomUUID().toString();
        try (var two = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = two.submit(() -> taken(key, "FULL"));
            var again = two.submit(() -> taken(key, "FULL"));
            assertThat(first.get()).isEqualTo(again.get());
        }
        var full = taken(key, "FULL");
        assertThat(full.valid()).isTrue();
        assertThat(taken(UUID.randomUUID().toString(), "FULL").id()).isNotEqualTo(full.id());
        assertThat(taken().id()).isNotEqualTo(taken().id());

        update("update system_state_snapshots set valid = false where id = ?", full.id());
        assertThat(taken(key, "INCREMENTAL"))
                .as("whoever took it was killed before it was read back")
                .isEqualTo(full);
    }

    @Test
    void aKeyOfAnotherOneIsRefused() {
        var key = UUID.randomUUID().toString();
        taken();
        var incremental = taken(key, "INCREMENTAL");
        assertThat(incremental.kind()).isEqualTo("INCREMENTAL");

        asked("operator", key, "{\"kind\":\"FULL\"}")
                .statusCode(409)
                .body("detail", containsString(incremental.id().toString()));
        asked("operator", key, "{\"kind\":\"INCREMENTAL\",\"purpose\":\"BACKUP\"}")
                .statusCode(409);
        asked("operator", "x".repeat(201), "{\"kind\":\"FULL\"}")
                .statusCode(400)
                .body("violations.field", contains("Idempotency-Key"));
        asked("admin", key, "{\"kind\":\"FULL\"}").statusCode(201);
    }

    private static SnapshotView taken(String key, String kind) {
        return asked("operator", key, "{\"kind\":\"%s\"}".formatted(kind))
                .statusCode(201)
                .extract()
                .as(SnapshotView.class);
    }

    private static ValidatableResponse asked(String role, String key, String body) {
        return as(role).contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/snapshots")
                .then();
    }

    /** As a log that was made anew is folded from its start behind the states that are known. */
    @Test
    void isRefusedWhileOffsetsDoNotLeadToTheStates() {
        fold("anew_to = next_offset + 1, anew_since = now()");
        try {
            for (var kind : List.of("FULL", "INCREMENTAL")) {
                as("operator")
                        .contentType("application/json")
                        .body("{\"kind\":\"%s\"}".formatted(kind))
                        .post("/api/v1/snapshots")
                        .then()
                        .statusCode(503)
                        .header("Retry-After", notNullValue())
                        .body("retryable", equalTo(true))
                        .body("detail", containsString("partitions [" + ANEW + "] are folded from the start of a log"));
            }
        } finally {
            fold("anew_to = null, anew_since = null");
        }
        assertThat(taken().valid()).isTrue();
    }

    private void fold(String columns) {
        await().untilAsserted(() -> assertThat(transactions.<Integer>write(connection -> {
                    try (var statement = connection.prepareStatement(
                            "update partition_offsets set " + columns + " where partition = " + ANEW)) {
                        return statement.executeUpdate();
                    }
                }))
                .as("rows, once the partition was taken up")
                .isOne());
    }

    @Test
    @Tag("EC1")
    @Tag("DC3")
    @Tag("SF11")
    void isTheFoldAtItsOffsetsWhileAnOwnerWrites() throws Exception {
        var writing = new AtomicBoolean(true);
        var owner = log.nextOwner(PARTITION);
        var bot = log.newBot(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        var writer = Thread.ofVirtual().start(() -> {
            for (long sequence = 3; writing.get(); sequence++) {
                log.write(PARTITION, List.of(owner.trade(bot, sequence)));
            }
        });
        var snapshots = new ArrayList<SnapshotView>();
        for (int count = 0; count < 5; count++) {
            snapshots.add(taken());
        }
        writing.set(false);
        writer.join();

        for (var snapshot : snapshots) {
            assertThat(snapshot.valid()).isTrue();
            assertThat(bots(content(snapshot))).containsExactlyInAnyOrderElementsOf(log.foldedUpTo(snapshot.offsets()));
        }
    }

    @Test
    @Tag("EC1")
    void saysHashSizeAndCut() throws Exception {
        var snapshot = taken();

        var content = content(snapshot);

        assertThat(content).hasSize((int) snapshot.bytes());
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
                .isEqualTo(snapshot.sha256());
        assertThat(bots(content)).hasSize((int) snapshot.bots());
        assertThat(snapshot.formatVersion()).isEqualTo(2);
        assertThat(snapshot.id().version()).isEqualTo(7);
    }

    @Test
    @Tag("EC1")
    void aDamagedContentIsFoundNamedAndNotGivenOut() {
        var snapshot = taken();
        damage(snapshot.id());

        as("operator")
                .post("/api/v1/snapshots/" + snapshot.id() + "/validation")
                .then()
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("findings[0]", containsString("SHA-256"));

        as("viewer")
                .get("/api/v1/snapshots/" + snapshot.id() + "/content")
                .then()
                .statusCode(422)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:everstate:problem:corrupt"));
        as("viewer").get("/api/v1/snapshots/" + snapshot.id()).then().body("valid", equalTo(false));
    }

    @Test
    void findsOneBotWithoutReadingTheOthers() {
        var owner = log.nextOwner(PARTITION);
        var bot = log.newBot(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        folded(bot, 2);
        var snapshot = taken();

        var found = states.find(snapshot.id(), bot);

        assertThat(log.foldedUpTo(snapshot.offsets())).contains(found.orElseThrow());
        assertThat(states.find(snapshot.id(), Owner.newBot())).isEmpty();
    }

    @Test
    void aFrameThatIsDamagedAfterwardsIsNotAnsweredFrom() {
        var owner = log.nextOwner(PARTITION);
        var bot = log.newBot(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(bot)));
        folded(bot, 1);
        var snapshot = taken();
        damage(snapshot.id());

        assertThatThrownBy(() -> states.find(snapshot.id(), bot))
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining("is not the one that was written");
    }

    @Test
    void aListOfFramesThatIsDamagedIsNotAnsweredFrom() {
        var snapshot = taken();
        update("update system_state_snapshots set frames = set_byte(frames, 20, 48) where id = ?", snapshot.id());

        assertThatThrownBy(() -> states.find(snapshot.id(), Owner.newBot()))
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining("the list of its frames");
    }

    @Test
    void listsTheNewestFirst() {
        var first = taken();
        var second = taken();

        as("viewer")
                .get("/api/v1/snapshots")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(second.id().toString()))
                .body("items.id", hasItem(first.id().toString()));
    }

    @Test
    void listsThemAllPageByPage() {
        var first = taken();
        var second = taken();
        var third = taken();

        var page = as("viewer").get("/api/v1/snapshots?limit=2").then().statusCode(200);
        page.body("items.id", contains(third.id().toString(), second.id().toString()));
        var next = page.extract().jsonPath().getString("next");
        as("viewer")
                .get("/api/v1/snapshots?limit=1&after=" + next)
                .then()
                .statusCode(200)
                .body("items.id", contains(first.id().toString()));
        as("viewer")
                .get("/api/v1/snapshots?limit=500&after=0")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("next", nullValue());
        for (var wrong : List.of("limit=0", "limit=501", "after=yesterday")) {
            as("viewer").get("/api/v1/snapshots?" + wrong).then().statusCode(400);
        }
    }

    @Test
    void keepsEveryValidation() {
        var snapshot = taken();

        as("operator")
                .post("/api/v1/snapshots/" + snapshot.id() + "/validation")
                .then()
                .statusCode(200)
                .body("valid", equalTo(true));

        var results = transactions.read(connection -> {
            try (var statement = connection.prepareStatement(
                    "select count(*) from state_validation_results r join system_state_snapshots s using (snapshot) where s.id = ?")) {
                statement.setObject(1, snapshot.id());
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
        assertThat(results).isEqualTo(2);
    }
}
