package io.everstate.benchmarks.fleet;

import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether what was folded is what the log says. The plain fold is made once for each length of the log. */
public final class Oracle {

    private final FleetLog log;
    private Map<UUID, Fingerprint> expected = Map.of();
    private long folded = -1;

    public Oracle(FleetLog log) {
        this.log = log;
    }

    /** Null when the projection is the plain fold of the whole log; otherwise in what it differs. */
    public @Nullable String difference(FoldedFleet projection) {
        if (folded != log.records()) {
            expected = PlainFold.of(log);
            folded = log.records();
        }
        try {
            return projection.difference(expected);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
