package io.everstate.state.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PT10")
class FormatGuardIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestDatabase database = TestDatabase.empty();
    private final TestLog log = TestLog.fresh(1);

    private ServiceProcess.Builder service() {
        return ServiceProcess.of("state-service").configuration(database.configuration(log));
    }

    private int change(String sql) {
        return database.transactions().write(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    private long snapshots() {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement("select count(*) from system_state_snapshots");
                    var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private void doesNotStart(String sentence) {
        try (var process = service().awaitingReadiness(false).start()) {
            await().atMost(PATIENCE).until(() -> !process.isAlive());
            assertThat(process.log()).content().contains(sentence);
        }
    }

    @Test
    void itHasLookedAndSaysHowManyVersionsItSaw() {
        try (var process = service().start()) {
            var api = new StateApi(process);

            assertThat(api.metric("everstate_formats_seen{format=\"bot-state\""))
                    .isEqualTo(1);
            assertThat(api.metric("everstate_formats_seen{format=\"snapshot-content\""))
                    .isZero();
            api.post("/api/v1/snapshots", "{\"kind\":\"FULL\"}").statusCode(201);
            process.restart();

            assertThat(api.metric("everstate_formats_seen{format=\"snapshot-content\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void doesNotStartOverStatesOfAVersionThatItDoesNotKnow() {
        database.migrated();
        change("insert into stored_formats (format, version) values ('BOT_STATE', 99)");

        doesNotStart(
                "the database holds bot-state of version 99, from which this version of state-service has no path");

        assertThat(snapshots())
                .as("nothing is written over it, no last snapshot either")
                .isZero();
        assertThat(new StoredVersions(database.transactions()).of(StoredFormat.BOT_STATE))
                .as("a version that may not start is not written down: it would keep the one before from starting")
                .containsExactly(99);
    }

    @Test
    void doesNotStartOverSnapshotsOfAFormatThatItDoesNotKnow() {
        try (var process = service().start()) {
            new StateApi(process)
                    .post("/api/v1/snapshots", "{\"kind\":\"FULL\"}")
                    .statusCode(201);
        }
        assertThat(change("update system_state_snapshots set format_version = 99"))
                .isPositive();

        doesNotStart("the database holds snapshot-content of version 99");
    }

    @Test
    void aDatabaseFromBeforeHoldsTheFirstVersion() {
        database.migratedTo("11");
        change("""
                insert into bots (id, partition, sequence, status, emergency, trades, restarts, profit, state, kind, strategy, name, labels,
                    last_activity, changed, era)
                values ('0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55', 0, 1, 'STOPPED', false, 0, 0, 0, '', 'TRADING', 's', 'n', '{}', 0, 0, 0)""");

        database.migrated();

        assertThat(new StoredVersions(database.transactions()).of(StoredFormat.BOT_STATE))
                .containsExactly(1);
    }
}
