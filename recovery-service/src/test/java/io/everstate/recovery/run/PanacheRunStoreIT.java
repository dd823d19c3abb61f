package io.everstate.recovery.run;

import io.everstate.contracts.recovery.RecoveryEvent;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.recovery.Database;
import io.everstate.recovery.QuietProfile;
import io.everstate.recovery.alert.AlertOutbox;
import io.everstate.recovery.event.EventOutbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@TestProfile(QuietProfile.class)
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "recovery"))
class PanacheRunStoreIT implements RunStoreContract {
    @Inject
    RunStore store;

    @Inject
    EventOutbox events;

    @Inject
    AlertOutbox alerts;

    @Inject
    Database database;

    @BeforeEach
    void empty() {
        database.empty();
    }

    @Override
    public RunStore store() {
        return store;
    }

    @Override
    public List<RecoveryEvent> events() {
        return events.oldest(100).stream().map(EventOutbox.Waiting::event).toList();
    }

    @Override
    public int alerts() {
        return alerts.newest(100, null).size();
    }
}
