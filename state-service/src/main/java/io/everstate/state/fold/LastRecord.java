package io.everstate.state.fold;

import io.everstate.state.log.RecordMark;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The columns {@code last_offset} and {@code last_hash} of a partition: the record that was folded last. */
public final class LastRecord {
    private LastRecord() {}

    /** Null when it is not known. */
    public static @Nullable RecordMark of(ResultSet row) throws SQLException {
        var offset = row.getObject("last_offset", Long.class);
        return offset == null ? null : new RecordMark(offset, row.getString("last_hash"));
    }
}
