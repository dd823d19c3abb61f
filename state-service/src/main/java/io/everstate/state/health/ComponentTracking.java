package io.everstate.state.health;

import io.everstate.contracts.view.ComponentView;
import io.everstate.state.lease.Fence;
import io.everstate.state.platform.Columns;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down how the components are. */
@Singleton
final class ComponentTracking {
    private static final String WRITE = """
            insert into component_state_tracking as t (kind, id, name, score, reason, last_activity, lag, errors, looked_at)
            select f.kind, f.id, f.name, f.score, f.reason, f.last_activity, f.lag, f.errors, to_timestamp(f.looked_at / 1000.0)
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) as f (kind, id, name, score, reason, last_activity, lag, errors, looked_at)
            on conflict (kind, id) do update
            set name = excluded.name, score = excluded.score, reason = excluded.reason, last_activity = excluded.last_activity,
                lag = excluded.lag, errors = excluded.errors, looked_at = excluded.looked_at""";

    private static final String DROP =
            "delete from component_state_tracking where kind in ('SERVICE', 'DEPENDENCY') and not (kind || ' ' || id) = any (?)";

    private static final String UNTIL = "select id from bots where id > ? order by id offset ? limit 1";

    /**
     * The same ratios as {@link Score}: condition by what is known of the bot, freshness of one that runs. A bot that was parked at its first
     * record has no row in bots. What would stay the same is left out before the insert, which would lock it.
     */
    private static final String WRITE_BOTS = """
            with known_bots as (
                select id, name, status, emergency, last_activity, sequence from bots where id > ? and id <= ?
            ), parked as (
                select distinct on (bot) bot, why, sequence from parked_bots where bot > ? and bot <= ? order by bot, partition
            ), open as (
                select bot, count(*) as findings, bool_or(kind = 'LOST_END') as lost, bool_or(kind = 'GAP') as gap
                from state_validation_results
                where healed_at is null and kind in ('LOST_END', 'GAP', 'PARKED') and bot > ? and bot <= ? group by bot
            ), known as (
                select coalesce(b.id, p.bot) as id, b.name, b.status, coalesce(b.emergency, false) as emergency, b.sequence,
                       p.bot is not null as parked, p.why, p.sequence as passed_over, coalesce(o.findings, 0) as findings,
                       coalesce(o.lost, false) as lost, coalesce(o.gap, false) as gap,
                       case when b.status = 'RUNNING' then greatest(?::bigint - b.last_activity, 0) else 0 end as quiet
                from known_bots b full join parked p on p.bot = b.id left join open o on o.bot = coalesce(b.id, p.bot)
                where b.status is distinct from 'DELETED'
            ), measured as (
                select *, case when parked or lost then 0 when emergency then 0.25 when gap then 0.5 else 1 end as condition,
                       greatest(0, least(1, 1 - (quiet::numeric / ?::bigint - 1) / 2)) as freshness
                from known
            ), found as (
                select id::text, coalesce(name, id::text) as name, floor(100 * least(condition, freshness)) as score,
                       case when lost then 'the log has lost events of it that were acknowledged'
                            when parked then 'it is not followed any more: ' || why
                            when emergency then 'it is in emergency stop'
                            when gap and freshness >= condition then 'events of it are missing in the log'
                            when freshness < 1 then 'it runs, and did nothing for ' || quiet / 1000 || ' s' end as reason,
                       case when parked then greatest(passed_over - coalesce(sequence, 0), 0) else 0 end as lag, findings as errors
                from measured
            )
            insert into component_state_tracking as t (kind, id, name, score, reason, lag, errors, looked_at)
            select 'BOT', id, name, score, reason, lag, errors, now() from found f
            where not exists (
                select 1 from component_state_tracking s where s.kind = 'BOT' and s.id = f.id and s.id > ? and s.id <= ?
                and (s.name, s.score, s.reason, s.lag, s.errors) is not distinct from (f.name, f.score, f.reason, f.lag, f.errors))
            on conflict (kind, id) do update
            set name = excluded.name, score = excluded.score, reason = excluded.reason, lag = excluded.lag, errors = excluded.errors,
                looked_at = excluded.looked_at""";

    private static final String DROP_BOTS = """
            delete from component_state_tracking t where t.kind = 'BOT' and t.id > ? and t.id <= ?
            and not exists (select 1 from bots b where b.id = t.id::uuid and b.status <> 'DELETED' and b.id > ? and b.id <= ?)
            and not exists (select 1 from parked_bots p where p.bot = t.id::uuid)""";

    /** No bot's id: those are of version 7. */
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final UUID BEHIND_ALL = new UUID(-1, -1);
    private static final int AT_ONCE = 10_000;

    private final Transactions transactions;
    private final int atOnce;

    @Inject
    ComponentTracking(Transactions transactions) {
        this(transactions, AT_ONCE);
    }

    /** @param atOnce so many bots are looked at in one transaction */
    ComponentTracking(Transactions transactions, int atOnce) {
        this.transactions = transactions;
        this.atOnce = atOnce;
    }

    /** Everything but the bots; what is not among it is gone. */
    void write(List<ComponentView> components, Fence fence) {
        transactions.write(connection -> {
            fence.check(connection);
            return upsert(connection, components) + drop(connection, components);
        });
    }

    private static int upsert(Connection connection, List<ComponentView> components) throws SQLException {
        try (var statement = connection.prepareStatement(WRITE)) {
            var columns = new Columns<>(connection, statement, components);
            columns.texts(ComponentView::kind);
            columns.texts(ComponentView::id);
            columns.texts(ComponentView::name);
            columns.add("int2", component -> (short) component.score(), Short[]::new);
            columns.add("text", component -> storable(component.reason()), String[]::new);
            columns.add(
                    "int8",
                    component -> component.lastActivity() == null
                            ? null
                            : component.lastActivity().toEpochMilli(),
                    Long[]::new);
            columns.add("int8", ComponentView::lag, Long[]::new);
            columns.longs(ComponentView::errors);
            columns.longs(component -> component.lookedAt().toEpochMilli());
            return statement.executeUpdate();
        }
    }

    private static @Nullable String storable(@Nullable String reason) {
        return reason == null ? null : reason.replace('\0', '?');
    }

    private static int drop(Connection connection, List<ComponentView> components) throws SQLException {
        try (var statement = connection.prepareStatement(DROP)) {
            var present =
                    components.stream().map(one -> one.kind() + " " + one.id()).toArray();
            statement.setArray(1, connection.createArrayOf("text", present));
            return statement.executeUpdate();
        }
    }

    /**
     * All bots, a bounded number in one transaction, so that none is broken off or keeps others from the rows of before for long. A row that
     * would say the same is not written; when a bot was active last is in its own row, which changes with each event.
     *
     * @param now milliseconds since 1970
     * @param quiet for so many milliseconds a bot that runs may do nothing
     */
    void writeBots(long now, long quiet, Fence fence) {
        var after = BEFORE_ALL;
        while (!after.equals(BEHIND_ALL)) {
            var from = after;
            after = transactions.write(connection -> {
                fence.check(connection);
                var until = until(connection, from);
                writePart(connection, from, until, now, quiet);
                dropPart(connection, from, until);
                return until;
            });
        }
    }

    private UUID until(Connection connection, UUID after) throws SQLException {
        try (var statement = connection.prepareStatement(UNTIL)) {
            statement.setObject(1, after);
            statement.setInt(2, atOnce - 1);
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getObject(1, UUID.class) : BEHIND_ALL;
            }
        }
    }

    private static void writePart(Connection connection, UUID after, UUID until, long now, long quiet)
            throws SQLException {
        try (var statement = connection.prepareStatement(WRITE_BOTS)) {
            for (int place = 1; place < 7; place += 2) {
                statement.setObject(place, after);
                statement.setObject(place + 1, until);
            }
            statement.setLong(7, now);
            statement.setLong(8, quiet);
            statement.setString(9, after.toString());
            statement.setString(10, until.toString());
            statement.executeUpdate();
        }
    }

    private static void dropPart(Connection connection, UUID after, UUID until) throws SQLException {
        try (var statement = connection.prepareStatement(DROP_BOTS)) {
            statement.setString(1, after.toString());
            statement.setString(2, until.toString());
            statement.setObject(3, after);
            statement.setObject(4, until);
            statement.executeUpdate();
        }
    }
}
