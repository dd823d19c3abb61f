package io.everstate.state.fold;

import io.everstate.state.oracle.InMemoryStoredFold;
import io.everstate.state.oracle.StoredFold;

class LostRecordsTest implements LostRecordsContract {
    @Override
    public StoredFold stored() {
        return new InMemoryStoredFold(new InMemoryFoldStore());
    }
}
