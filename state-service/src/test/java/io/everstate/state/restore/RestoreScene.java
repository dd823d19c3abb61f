package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import io.everstate.state.fold.ParkedBot;
import io.restassured.RestAssured;
import io.restassured.common.mapper.TypeRef;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service, its log, and an owner that appends what is asked for. */
final class RestoreScene implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Pages<T>(List<T> items) {}

    private final TestDatabase database = TestDatabase.empty();
    final TestLog log = TestLog.fresh(1);
    final OwnerStandIn owner = new OwnerStandIn(log);
    final BotId bot = log.newBot(0);

    @Override
    public void close() {
        owner.close();
        log.close();
    }

    ServiceProcess service() {
        return service(Map.of());
    }

    ServiceProcess service(Map<String, String> more) {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .configuration(more)
                .set("everstate.peers.bot-service", owner.stand.url())
                .set("everstate.restore.lease", "3s")
                .set("everstate.restore.poll", "300ms")
                .start();
    }

    /** Created, started, and so many trades: at sequences 3, 4, 5 ... */
    List<BotEventRecorded> traded(BotId id, int trades) {
        var events = new ArrayList<>(List.of(OWNER.created(id), OWNER.started(id)));
        for (int sequence = 3; sequence < 3 + trades; sequence++) {
            events.add(OWNER.trade(id, sequence));
        }
        return events;
    }

    BotState now(BotId id) {
        return requireNonNull(log.foldedBots().get(id));
    }

    void folded(StateApi api) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
    }

    static ValidatableResponse post(StateApi api, String body, Map<String, String> headers) {
        return RestAssured.given()
                .auth()
                .oauth2(TestIdentity.shared().token("admin"))
                .contentType("application/json")
                .headers(headers)
                .body(body)
                .post(api.process().url().resolve("/api/v1/restores"))
                .then();
    }

    static StateRestoreView begun(StateApi api, String body) {
        return post(api, body, Map.of()).statusCode(202).extract().as(StateRestoreView.class);
    }

    static StateRestoreView ended(StateApi api, StateRestoreView begun) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(view(api, begun).endedAt()).isNotNull());
        return view(api, begun);
    }

    private static StateRestoreView view(StateApi api, StateRestoreView begun) {
        return api.get("/api/v1/restores/" + begun.id())
                .statusCode(200)
                .extract()
                .as(StateRestoreView.class);
    }

    static List<BotRestoreView> bots(StateApi api, StateRestoreView restore) {
        return api.get("/api/v1/restores/" + restore.id() + "/bots")
                .statusCode(200)
                .extract()
                .as(new TypeRef<Pages<BotRestoreView>>() {})
                .items();
    }

    static SnapshotView snapshot(StateApi api) {
        return api.post("/api/v1/snapshots", "{\"kind\":\"FULL\"}")
                .statusCode(201)
                .extract()
                .as(SnapshotView.class);
    }

    /** Until when the replica that carries restores out has the right to, if it says nothing more. */
    Instant leasedUntil() {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement("select expires_at from leases where name = 'restores'");
                    var row = statement.executeQuery()) {
                row.next();
                return row.getTimestamp(1).toInstant();
            }
        });
    }

    /** What is stored from now on is not what was written, as on a disk that lies. */
    void damageEachNewSnapshot() {
        database.transactions().write(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("""
                        create function rot() returns trigger language plpgsql as $$ begin
                            new.content := set_byte(new.content, 12, 255 - get_byte(new.content, 12));
                            return new;
                        end $$""");
                return statement.execute(
                        "create trigger rot before insert on system_state_snapshots for each row execute function rot()");
            }
        });
    }

    /** As if it had been taken of an end of the log that is lost since: another record stands in front of its place. */
    void loseEnd(SnapshotView snapshot) {
        database.transactions().write(connection -> {
            try (var statement = connection.prepareStatement("""
                    update system_state_snapshots
                    set cut = regexp_replace(convert_from(cut, 'UTF8'), '"hash":"[0-9a-f]*"', '"hash":"another"')::bytea where id = ?""")) {
                statement.setObject(1, snapshot.id());
                return statement.executeUpdate();
            }
        });
    }

    void damage(SnapshotView snapshot) {
        database.transactions().write(connection -> {
            try (var statement = connection.prepareStatement(
                    "update system_state_snapshots set content = set_byte(content, 12, 255 - get_byte(content, 12)) where id = ?")) {
                statement.setObject(1, snapshot.id());
                return statement.executeUpdate();
            }
        });
    }

    /** As if it had been taken in front of all records of its log. */
    void takeAtTheBeginning(SnapshotView snapshot) {
        database.transactions().write(connection -> {
            try (var statement = connection.prepareStatement("""
                    update system_state_snapshots
                    set cut = regexp_replace(convert_from(cut, 'UTF8'), '"nextOffset":[0-9]+', '"nextOffset":0')::bytea where id = ?""")) {
                statement.setObject(1, snapshot.id());
                return statement.executeUpdate();
            }
        });
    }

    /** As if it had been taken one record later by a version that parked the bot at that record, its event of this number. */
    void rememberParked(SnapshotView snapshot, BotId id, long sequence) {
        var record = requireNonNull(snapshot.offsets().get(0));
        remember(
                snapshot, id, new Parking("io.everstate.bot.later.v2", "not known then", record, sequence), record + 1);
    }

    /** As if the log had led to less of the bot than was known when it was taken, which was up to its event of this number. */
    void rememberLost(SnapshotView snapshot, BotId id, long sequence) {
        var end = requireNonNull(snapshot.offsets().get(0));
        remember(snapshot, id, new Parking(ParkedBot.LOST_END, "a test", end, sequence), end);
    }

    private void remember(SnapshotView snapshot, BotId id, Parking parking, long nextOffset) {
        var parked = Map.of("bots", List.of(new ParkedBot(id, parking, 1, Instant.now())));
        database.transactions().write(connection -> {
            try (var statement = connection.prepareStatement("""
                    update system_state_snapshots
                    set parked = ?, cut = replace(convert_from(cut, 'UTF8'), ?, ?)::bytea where id = ?""")) {
                statement.setBytes(1, TestJson.format().write(parked));
                statement.setString(2, "\"nextOffset\":" + snapshot.offsets().get(0));
                statement.setString(3, "\"nextOffset\":" + nextOffset);
                statement.setObject(4, snapshot.id());
                return statement.executeUpdate();
            }
        });
    }
}
