package io.everstate.state.snapshot.retention;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.SnapshotService;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class RetentionIT {
    @Inject
    Transactions transactions;

    @Inject
    SnapshotService snapshots;

    @Inject
    SnapshotRepository repository;

    @Inject
    RetentionJob job;

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

    @BeforeEach
    void forgetAll() {
        update("delete from state_validation_results where snapshot is not null");
        update("delete from system_state_snapshots");
    }

    private UUID taken(SnapshotKind kind) {
        var snapshot = snapshots.take(kind);
        assertThat(snapshot.valid()).isTrue();
        assertThat(snapshot.kind()).isEqualTo(kind.name());
        return snapshot.id();
    }

    private void age(UUID snapshot) {
        update("update system_state_snapshots set taken_at = taken_at - interval '200 hours' where id = ?", snapshot);
    }

    private List<UUID> left() {
        return repository.newest(100).stream().map(Snapshot::id).toList();
    }

    @Test
    @Tag("EC12")
    void deletesWhatIsOldButWhatIsNeededAndTheNewestOfEachKind() {
        var old = new ArrayList<UUID>();
        for (int count = 0; count < 3; count++) {
            old.add(taken(SnapshotKind.FULL));
        }
        var base = taken(SnapshotKind.FULL);
        var incremental = taken(SnapshotKind.INCREMENTAL);
        var young = new ArrayList<UUID>();
        for (int count = 0; count < 5; count++) {
            young.add(taken(SnapshotKind.FULL));
        }
        old.forEach(this::age);
        age(base);
        age(incremental);

        job.execute();

        assertThat(left()).containsAll(young).contains(base, incremental).doesNotContainAnyElementsOf(old);
    }

    @Test
    @Tag("EC12")
    void aPlanSaysWhyAndDeletesNothing() {
        for (int count = 0; count < 7; count++) {
            taken(SnapshotKind.FULL);
        }
        repository.newest(100).stream().skip(1).map(Snapshot::id).forEach(this::age);

        given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get("/api/v1/snapshots/retention")
                .then()
                .statusCode(200)
                .body("decisions[0].why", equalTo("the newest valid FULL one"))
                .body("decisions.findAll { it.deleted }.size()", equalTo(2))
                .body("decisions[6].why", equalTo("older than PT168H"));

        assertThat(left()).hasSize(7);
    }

    @Test
    void onlyAnAdminDeletesByRequest() {
        for (int count = 0; count < 7; count++) {
            taken(SnapshotKind.FULL);
        }
        repository.newest(100).stream().skip(1).map(Snapshot::id).forEach(this::age);

        given().auth()
                .oauth2(TestIdentity.shared().token("operator"))
                .post("/api/v1/snapshots/retention")
                .then()
                .statusCode(403);
        assertThat(left()).hasSize(7);

        given().auth()
                .oauth2(TestIdentity.shared().token("admin"))
                .post("/api/v1/snapshots/retention")
                .then()
                .statusCode(200)
                .body("decisions.findAll { it.deleted }.size()", equalTo(2));
        assertThat(left()).hasSize(5);
    }

    @Test
    void theDatabaseItselfKeepsABase() {
        var base = taken(SnapshotKind.FULL);
        taken(SnapshotKind.INCREMENTAL);
        update("delete from state_validation_results where snapshot is not null");

        assertThatThrownBy(() -> update("delete from system_state_snapshots where id = ?", base))
                .hasMessageContaining("foreign key");
    }
}
