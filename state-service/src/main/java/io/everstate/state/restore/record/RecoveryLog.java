package io.everstate.state.restore.record;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.lease.Fence;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of {@code system_recovery_logs}. */
@Singleton
public final class RecoveryLog {
    private static final String ALL = "select * from system_recovery_logs ";
    private static final String ONE = ALL + "where id = ?";
    private static final String OF_KEY = ALL + "where asked_by = ? and idempotency_key = ?";
    private static final String NEWEST = ALL + "where recovery < ? order by recovery desc limit ?";
    private static final String UNFINISHED = ALL + "where ended_at is null order by recovery limit 1";
    private static final String CHANGING = ALL + "where ended_at is null and not dry_run";

    /** Who begins something looks first whether it may: nobody else begins anything meanwhile. */
    private static final String ALONE = "lock table system_recovery_logs in share row exclusive mode";

    private static final String INSERT = """
            insert into system_recovery_logs (id, kind, status, dry_run, asked_by, idempotency_key, request, started_at, ended_at, took_ms,
                rung, findings, way_back, resumed, bots, restored, failed, left_alone, events_lost, seconds_lost, percent)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning recovery""";

    private static final String UPDATE = """
            update system_recovery_logs set status = ?, ended_at = ?, took_ms = ?, rung = ?, findings = ?, way_back = ?, resumed = ?, bots = ?,
                restored = ?, failed = ?, left_alone = ?, events_lost = ?, seconds_lost = ?, percent = ?
            where recovery = ?""";

    private final Transactions transactions;
    private final RecoverySteps steps;
    private final JsonFormat json;

    public RecoveryLog(Transactions transactions, RecoverySteps steps, JsonFormat json) {
        this.transactions = transactions;
        this.steps = steps;
        this.json = json;
    }

    /**
     * Begins a restore, or finds the one that was begun with this key, whatever that was.
     *
     * @throws ProblemException CONFLICT when bots are being taken back already
     */
    public Recovery begin(StateRestoreView wanted, @Nullable String key, List<BotStep> parts) {
        return transactions.write(connection -> {
            try (var lock = connection.prepareStatement(ALONE)) {
                lock.execute();
            }
            var first = key == null ? Optional.<Recovery>empty() : ofKey(connection, wanted.askedBy(), key);
            if (first.isPresent()) {
                return first.get();
            }
            if (!wanted.dryRun()) {
                requireAlone(connection);
            }
            var begun = insert(connection, wanted, key);
            steps.begin(connection, begun, parts);
            return begun;
        });
    }

    /** @throws ProblemException CONFLICT when bots are being taken back */
    public void requireAlone() {
        transactions.read(connection -> {
            requireAlone(connection);
            return true;
        });
    }

    private void requireAlone(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(CHANGING)) {
            for (var other : read(statement)) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "restore %s is not finished; one at a time"
                                .formatted(other.view().id()));
            }
        }
    }

    /** What was begun with this key. */
    public Optional<Recovery> begun(String askedBy, String key) {
        return transactions.read(connection -> ofKey(connection, askedBy, key));
    }

    private Optional<Recovery> ofKey(Connection connection, String askedBy, String key) throws SQLException {
        try (var statement = connection.prepareStatement(OF_KEY)) {
            statement.setString(1, askedBy);
            statement.setString(2, key);
            return read(statement).stream().findFirst();
        }
    }

    private Recovery insert(Connection connection, StateRestoreView view, @Nullable String key) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, view.id());
            statement.setString(2, view.kind().name());
            statement.setString(3, view.status().name());
            statement.setBoolean(4, view.dryRun());
            statement.setString(5, view.askedBy());
            statement.setString(6, key);
            statement.setBytes(7, view.request() == null ? null : json.write(view.request()));
            statement.setTimestamp(8, Timestamp.from(view.startedAt()));
            setChanging(statement, 8, view);
            try (var row = statement.executeQuery()) {
                row.next();
                return new Recovery(row.getLong(1), view);
            }
        }
    }

    /** The parts of the restores. */
    public RecoverySteps steps() {
        return steps;
    }

    /** What has ended already and only is to be known. */
    public void keepEnded(StateRestoreView view) {
        transactions.write(connection -> insert(connection, view, null));
    }

    /** Brings the row up to date. */
    public void keep(Fence fence, Recovery recovery) {
        transactions.write(connection -> {
            fence.check(connection);
            try (var statement = connection.prepareStatement(UPDATE)) {
                statement.setString(1, recovery.view().status().name());
                setChanging(statement, 1, recovery.view());
                statement.setLong(15, recovery.number());
                return statement.executeUpdate();
            }
        });
    }

    /** @param before the parameter in front of the first one */
    private static void setChanging(PreparedStatement statement, int before, StateRestoreView view)
            throws SQLException {
        var ended = view.endedAt();
        statement.setTimestamp(before + 1, ended == null ? null : Timestamp.from(ended));
        statement.setObject(before + 2, ended == null ? null : view.took());
        statement.setString(before + 3, view.rung() == null ? null : view.rung().name());
        statement.setString(before + 4, String.join("\n", view.findings()).replace('\0', '?'));
        statement.setObject(before + 5, view.wayBack());
        statement.setInt(before + 6, view.resumed());
        statement.setLong(before + 7, view.bots());
        statement.setLong(before + 8, view.restored());
        statement.setLong(before + 9, view.failed());
        statement.setLong(before + 10, view.left());
        statement.setLong(before + 11, view.eventsLost());
        statement.setLong(before + 12, view.secondsLost());
        statement.setInt(before + 13, view.percent());
    }

    /** @throws ProblemException NOT_FOUND when there is none */
    public Recovery known(UUID id) {
        return transactions
                .read(connection -> {
                    try (var statement = connection.prepareStatement(ONE)) {
                        statement.setObject(1, id);
                        return read(statement).stream().findFirst();
                    }
                })
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no restore " + id));
    }

    /** The oldest that has not ended. */
    public Optional<Recovery> unfinished() {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(UNFINISHED)) {
                return read(statement).stream().findFirst();
            }
        });
    }

    /**
     * The newest first.
     *
     * @param before the number of the last one that is known
     */
    public Page<StateRestoreView> page(PageLimit limit, long before) {
        var found = transactions.read(connection -> {
            try (var statement = connection.prepareStatement(NEWEST)) {
                statement.setLong(1, before);
                statement.setInt(2, limit.items() + 1);
                return read(statement);
            }
        });
        var page = limit.page(found, recovery -> Long.toString(recovery.number()));
        return new Page<>(page.items().stream().map(Recovery::view).toList(), page.next());
    }

    private List<Recovery> read(PreparedStatement statement) throws SQLException {
        var found = new ArrayList<Recovery>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new Recovery(rows.getLong("recovery"), view(rows)));
            }
        }
        return found;
    }

    private StateRestoreView view(ResultSet row) throws SQLException {
        var request = row.getBytes("request");
        var rung = row.getString("rung");
        return new StateRestoreView(
                row.getObject("id", UUID.class),
                StateRestoreView.Kind.valueOf(row.getString("kind")),
                StateRestoreView.Status.valueOf(row.getString("status")),
                row.getBoolean("dry_run"),
                row.getString("asked_by"),
                request == null ? null : json.read(request, StateRestoreRequest.class),
                row.getTimestamp("started_at").toInstant(),
                instant(row.getTimestamp("ended_at")),
                rung == null ? null : RestoreRung.valueOf(rung),
                row.getString("findings").lines().toList(),
                row.getObject("way_back", UUID.class),
                row.getInt("resumed"),
                row.getLong("bots"),
                row.getLong("restored"),
                row.getLong("failed"),
                row.getLong("left_alone"),
                row.getLong("events_lost"),
                row.getLong("seconds_lost"),
                row.getInt("percent"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
