package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.state.Backlog;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database is a cache of the log: it can be dropped, and a start alone brings it back. */
class DroppedDatabaseIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 2;

    private final TestLog log = TestLog.fresh(PARTITIONS);
    private final TestDatabase database = TestDatabase.empty();

    private ServiceProcess.Builder service() {
        return ServiceProcess.of("state-service").configuration(database.configuration(log));
    }

    /** Not by force, which needs the right to end the server's own vacuuming; asked without, the server ends that itself. */
    private void drop() throws SQLException {
        var maintenance = TestPlatform.shared().database("postgres");
        var url = database.database().url();
        var name = url.substring(url.lastIndexOf('/') + 1);
        try (var connection =
                        DriverManager.getConnection(maintenance.url(), maintenance.user(), maintenance.password());
                var statement = connection.createStatement()) {
            statement.execute("drop database " + name);
        }
    }

    private void exactlyAsTheLog(StateApi api, Backlog backlog) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
        assertThat(api.bots())
                .containsExactlyInAnyOrderElementsOf(log.foldedBots().values());
        backlog.trades().forEach((bot, trades) -> assertThat(api.trades(bot)).isEqualTo(trades));
    }

    @Test
    @Tag("SF6")
    void aDroppedDatabaseComesBackFromTheLogByAStartAlone() throws Exception {
        var owner = new Owner(3);
        var hit = log.newBot(0);
        var backlog = Backlog.write(log, 1, 4, 100);
        log.write(0, List.of(owner.claim(), owner.created(hit)));
        log.writeStrange(0, owner, hit, 2);
        try (var process = service().start()) {
            var api = new StateApi(process);
            exactlyAsTheLog(api, backlog);
            var parked = api.get("/api/v1/parked").extract().asString();
            process.kill();
            drop();

            process.restart();

            exactlyAsTheLog(api, backlog);
            assertThat(api.get("/api/v1/parked").extract().asString()).isEqualTo(parked);
            assertThat(api.metric("everstate_findings_total"))
                    .as("replay is silent")
                    .isZero();
            assertThat(process.log()).content().contains("there was no database");
            api.post("/api/v1/snapshots", "{\"kind\":\"FULL\"}").statusCode(201).body("valid", equalTo(true));
        }
    }

    /** Where the role may not make databases, or people want to do that themselves. */
    @Test
    void itIsNotMadeWhereThatIsNotWanted() throws Exception {
        drop();
        try (var process = service()
                .set("everstate.database.create", "false")
                .set("quarkus.flyway.connect-retries", 2)
                .awaitingReadiness(false)
                .start()) {
            await().atMost(PATIENCE).until(() -> !process.isAlive());

            assertThat(process.log()).content().contains("does not exist");
        }
    }
}
