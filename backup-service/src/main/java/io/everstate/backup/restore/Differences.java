package io.everstate.backup.restore;

import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreDifference.Effect;
import io.everstate.contracts.backup.RestoreDifference.Side;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What dry runs found, in the database: a workspace may have a million paths. */
@Singleton
class Differences {
    private static final int BATCH = 1000;
    private static final String ADD =
            "insert into restore_difference (restore_id, path, effect, present, restored) values (?, ?, ?, ?, ?)";
    private static final String PAGE = """
            select path, effect, present, restored from restore_difference
             where restore_id = ? and (?::text is null or effect = ?) and (?::text is null or path > ?)
             order by path limit ?""";

    private final DataSource database;
    private final JsonFormat json;

    Differences(DataSource database, JsonFormat json) {
        this.database = database;
        this.json = json;
    }

    void add(UUID restore, Collection<RestoreDifference> found) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(ADD)) {
            var waiting = 0;
            for (var difference : found) {
                statement.setObject(1, restore);
                statement.setString(2, difference.path());
                statement.setString(3, difference.effect().name());
                statement.setString(4, text(difference.present()));
                statement.setString(5, text(difference.restored()));
                statement.addBatch();
                if (++waiting == BATCH) {
                    statement.executeBatch();
                    waiting = 0;
                }
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /** By path. */
    List<RestoreDifference> page(UUID restore, @Nullable Effect effect, @Nullable String after, int limit) {
        var wanted = effect == null ? null : effect.name();
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(PAGE)) {
            statement.setObject(1, restore);
            statement.setString(2, wanted);
            statement.setString(3, wanted);
            statement.setString(4, after);
            statement.setString(5, after);
            statement.setInt(6, limit);
            var found = new ArrayList<RestoreDifference>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(difference(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    private RestoreDifference difference(ResultSet row) throws SQLException {
        return new RestoreDifference(
                row.getString(1), Effect.valueOf(row.getString(2)), side(row.getString(3)), side(row.getString(4)));
    }

    private @Nullable String text(@Nullable Side side) {
        return side == null ? null : new String(json.write(side), StandardCharsets.UTF_8);
    }

    private @Nullable Side side(@Nullable String text) {
        return text == null ? null : json.read(text.getBytes(StandardCharsets.UTF_8), Side.class);
    }
}
