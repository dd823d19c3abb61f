package io.everstate.state.health;

import io.everstate.contracts.view.ComponentView;
import io.everstate.state.lease.Fence;
import io.everstate.state.platform.Columns;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down how the components are. Two statements a look, however many bots there are. */
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

    /**
     * The same ratios as {@link Score}: condition by what is known of the bot, freshness of one that runs. A bot that was parked at its first
     * record has no row in bots.
     */
    private static final String WRITE_BOTS = """
            with parked as (
                select distinct on (bot) bot, why, sequence from parked_bots order by bot, partition
            ), open as (
                select bot, count(*) as findings, bool_or(kind = 'LOST_END') as lost, bool_or(kind = 'GAP') as gap
                from state_validation_results where healed_at is null and kind in ('LOST_END', 'GAP', 'PARKED') group by bot
            ), known as (
                select coalesce(b.id, p.bot) as id, b.name, b.status, coalesce(b.emergency, false) as emergency, b.last_activity, b.sequence,
                       p.bot is not null as parked, p.why, p.sequence as passed_over, coalesce(o.findings, 0) as findings,
                       coalesce(o.lost, false) as lost, coalesce(o.gap, false) as gap,
                       case when b.status = 'RUNNING' then greatest(?::bigint - b.last_activity, 0) else 0 end as quiet
                from bots b full join parked p on p.bot = b.id left join open o on o.bot = coalesce(b.id, p.bot)
                where b.status is distinct from 'DELETED'
            ), measured as (
                select *, case when parked or lost then 0 when emergency then 0.25 when gap then 0.5 else 1 end as condition,
                       greatest(0, least(1, 1 - (quiet::numeric / ?::bigint - 1) / 2)) as freshness
                from known
            )
            insert into component_state_tracking as t (kind, id, name, score, reason, last_activity, lag, errors, looked_at)
            select 'BOT', id::text, coalesce(name, id::text), floor(100 * least(condition, freshness)),
                   case when lost then 'the log has lost events of it that were acknowledged'
                        when parked then 'it is not followed any more: ' || why
                        when emergency then 'it is in emergency stop'
                        when gap and freshness >= condition then 'events of it are missing in the log'
                        when freshness < 1 then 'it runs, and did nothing for ' || quiet / 1000 || ' s' end,
                   last_activity, case when parked then greatest(passed_over - coalesce(sequence, 0), 0) else 0 end, findings, now()
            from measured
            on conflict (kind, id) do update
            set name = excluded.name, score = excluded.score, reason = excluded.reason, last_activity = excluded.last_activity,
                lag = excluded.lag, errors = excluded.errors, looked_at = excluded.looked_at
            where (t.name, t.score, t.reason, t.last_activity, t.lag, t.errors)
                  is distinct from (excluded.name, excluded.score, excluded.reason, excluded.last_activity, excluded.lag, excluded.errors)""";

    private static final String DROP_BOTS = """
            delete from component_state_tracking t where t.kind = 'BOT'
            and not exists (select 1 from bots b where b.id::text = t.id and b.status <> 'DELETED')
            and not exists (select 1 from parked_bots p where p.bot::text = t.id)""";

    private final Transactions transactions;

    ComponentTracking(Transactions transactions) {
        this.transactions = transactions;
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
     * All bots, in two statements. A row that would say the same is not written.
     *
     * @param now milliseconds since 1970
     * @param quiet for so many milliseconds a bot that runs may do nothing
     */
    void writeBots(long now, long quiet, Fence fence) {
        transactions.write(connection -> {
            fence.check(connection);
            try (var statement = connection.prepareStatement(WRITE_BOTS)) {
                statement.setLong(1, now);
                statement.setLong(2, quiet);
                statement.executeUpdate();
            }
            try (var statement = connection.prepareStatement(DROP_BOTS)) {
                return statement.executeUpdate();
            }
        });
    }
}
