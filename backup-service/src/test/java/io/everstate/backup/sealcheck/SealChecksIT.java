package io.everstate.backup.sealcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.backup.SealCheckRequest;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Checks as the database has them. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
class SealChecksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    SealChecks checks;

    @Inject
    DataSource database;

    /** The workspaces are asked for in the order of their names. */
    @Test
    void asksForAllOthersWhileTheCheckOfTheFirstOneRuns() throws SQLException {
        var key = UUID.randomUUID().toString();
        try (var holder = database.getConnection()) {
            holder.setAutoCommit(false);
            keepRunning("default", holder);

            await().atMost(PATIENCE).untilAsserted(() -> {
                checks.requestAll("somebody", key);
                assertThat(asked("excluding", key)).isPresent();
            });

            assertThat(asked("default", key)).isEmpty();
            holder.rollback();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            checks.requestAll("somebody", key);
            assertThat(asked("default", key)).as("once it has ended").isPresent();
        });
    }

    private Optional<UUID> asked(String workspace, String key) {
        return checks.findRepeated(new Asked("somebody", workspace + " at " + key, key));
    }

    /** It cannot end while its row is held. */
    private void keepRunning(String workspace, Connection holder) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ProblemException.class)
                .until(() -> {
                    checks.request(new SealCheckRequest(workspace, false, null), new Asked("somebody", null, null));
                    try (var statement = holder.prepareStatement(
                            "select id from seal_check where workspace = ? and status = 'RUNNING' for update")) {
                        statement.setString(1, workspace);
                        return statement.executeQuery().next();
                    }
                });
    }
}
