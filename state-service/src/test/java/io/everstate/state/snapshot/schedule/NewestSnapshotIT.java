package io.everstate.state.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.platform.testkit.PlatformResource;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.SnapshotService;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class NewestSnapshotIT {
    @Inject
    Transactions transactions;

    @Inject
    SnapshotService snapshots;

    @Inject
    NewestLook start;

    private void update(String statement, Object... values) {
        transactions.write(connection -> {
            try (var prepared = connection.prepareStatement(statement)) {
                for (int i = 0; i < values.length; i++) {
                    prepared.setObject(i + 1, values[i]);
                }
                return prepared.executeUpdate();
            }
        });
    }

    private void damage(UUID snapshot) {
        update(
                "update system_state_snapshots set content = set_byte(content, 12, 255 - get_byte(content, 12)) where id = ?",
                snapshot);
    }

    @Test
    @Tag("EC1")
    void looksAtTheNewestWhenTheServiceStarts() {
        var snapshot = snapshots.take(SnapshotKind.FULL);
        assertThat(start.look()).isInstanceOf(NewestSnapshot.Good.class);

        update(
                "update system_state_snapshots set taken_at = ? where id = ?",
                Timestamp.from(Instant.now().minus(Duration.ofHours(3))),
                snapshot.id());
        assertThat(start.look())
                .isInstanceOfSatisfying(
                        NewestSnapshot.Stale.class,
                        stale -> assertThat(stale.age()).isGreaterThan(Duration.ofHours(2)));

        damage(snapshot.id());
        assertThat(start.look()).isInstanceOf(NewestSnapshot.Invalid.class);
    }
}
