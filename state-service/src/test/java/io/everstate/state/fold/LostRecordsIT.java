package io.everstate.state.fold;

import io.everstate.state.TestDatabase;
import io.everstate.state.oracle.PostgresStoredFold;
import io.everstate.state.oracle.StoredFold;

class LostRecordsIT implements LostRecordsContract {
    @Override
    public StoredFold stored() {
        return new PostgresStoredFold(TestDatabase.withTables().transactions());
    }
}
