package io.everstate.recovery.alert;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.platform.testkit.PlatformResource;
import io.everstate.recovery.Database;
import io.everstate.recovery.QuietProfile;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(QuietProfile.class)
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "recovery"))
class PanacheAlertOutboxIT implements AlertOutboxContract {
    @Inject
    AlertOutbox outbox;

    @Inject
    Database database;

    @BeforeEach
    void empty() {
        database.empty();
    }

    @Override
    public AlertOutbox outbox() {
        return outbox;
    }

    @Override
    public void add(Alert alert) {
        QuarkusTransaction.requiringNew().run(() -> outbox.add(alert));
    }

    @Test
    void takesNoAlertOutsideTheTransactionOfItsFact() {
        var alert = Alert.of(AlertKind.BACKUP_FAILED, "one", NOW);

        assertThatThrownBy(() -> outbox.add(alert)).hasMessageContaining("ARJUNA016110");
    }
}
