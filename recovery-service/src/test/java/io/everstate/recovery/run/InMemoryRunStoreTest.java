package io.everstate.recovery.run;

import io.everstate.contracts.recovery.RecoveryEvent;
import java.util.List;

class InMemoryRunStoreTest implements RunStoreContract {
    private final InMemoryRunStore store = new InMemoryRunStore();

    @Override
    public RunStore store() {
        return store;
    }

    @Override
    public List<RecoveryEvent> events() {
        return store.events;
    }

    @Override
    public int alerts() {
        return store.alerts.size();
    }
}
