package io.everstate.backup.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.RetentionSurroundings;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparisons and checks of seals that came by themselves and failed; times in the database are changed, and not waited for. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = RetentionSurroundings.BUCKET)
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(value = RetentionSurroundings.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class ComparisonRetryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    ComparisonJob job;

    @Inject
    DataSource database;

    private void change(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var prepared = connection.prepareStatement(statement)) {
            prepared.executeUpdate();
        }
    }

    private List<String> statuses(String table) throws SQLException {
        try (var connection = database.getConnection();
                var prepared = connection.prepareStatement("select distinct status from " + table);
                var rows = prepared.executeQuery()) {
            var statuses = new ArrayList<String>();
            while (rows.next()) {
                statuses.add(rows.getString(1));
            }
            return statuses;
        }
    }

    private void awaitCompleted(String table) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(statuses(table)).containsExactly("COMPLETED"));
    }

    private void failed(String table, String finishedAt) throws SQLException {
        change("update %s set status = 'FAILED', failure = 'the storage is away', finished_at = %s"
                .formatted(table, finishedAt));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket_comparison", "seal_check"})
    void whatFailedIsTriedAgainMinutesLaterAndNotTheNextNight(String table) throws SQLException {
        job.requestWhatIsDue();
        awaitCompleted(table);

        failed(table, "now()");
        job.requestWhatIsDue();
        var soon = statuses(table);
        failed(table, "now() - interval '6 minutes'");
        job.requestWhatIsDue();

        assertThat(soon).as("seconds later").containsExactly("FAILED");
        awaitCompleted(table);
    }
}
