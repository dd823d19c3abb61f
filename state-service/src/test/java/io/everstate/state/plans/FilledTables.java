package io.everstate.state.plans;

import io.everstate.state.ManyBots;
import io.everstate.state.TestDatabase;
import java.util.List;
import java.util.Set;

/** A database as it is after a long time, and what the planner has to know of it. */
final class FilledTables {
    /** Those whose rows grow in number as long as the system runs, or with its bots. */
    static final Set<String> GROWING = Set.of(
            "bots",
            "trades",
            "parked_bots",
            "system_state_snapshots",
            "state_validation_results",
            "metrics_minutes",
            "metrics_hours",
            "system_runs",
            "system_recovery_logs",
            "system_recovery_bots",
            "rebuilds",
            "rebuild_differences",
            "component_state_tracking");

    private static final List<String> FILL = List.of("""
            insert into system_state_snapshots (id, kind, format_version, taken_at, cut, bots, bytes, sha256, valid, content)
            select md5('snapshot ' || n)::uuid, 'FULL', 1, now() - (3001 - n) * interval '5 minutes', '{"partitions":{}}', 0, 0, 'none',
                n % 100 > 0, ''
            from generate_series(1, 3000) as n\
            """, """
            insert into state_validation_results (snapshot, validated_at, valid, findings, kind)
            select snapshot, taken_at, valid, '', 'SNAPSHOT' from system_state_snapshots\
            """, """
            insert into state_validation_results
                (kind, topic_id, partition, record_offset, bot, occasion, sequence, happened_at, findings, valid, validated_at, healed_at)
            select (array['GAP', 'FENCED', 'PARKED', 'REFUSED'])[1 + n % 4], 'topic', n % 12, n, md5('bot ' || n)::uuid, n, 1,
                now(), 'a sentence', false, now(), case when n % 50 > 0 then now() end
            from generate_series(1, 30000) as n\
            """, """
            insert into metrics_minutes (minute, bots, running, profit, trades, memory, uptime, restarts)
            select date_trunc('minute', now()) - n * interval '1 minute', 1, 1, 0, 1, 1, 1, 1 from generate_series(1, 20000) as n\
            """, """
            insert into metrics_hours (hour, bots, running, profit, trades, memory, uptime, restarts, minutes)
            select date_trunc('hour', now()) - n * interval '1 hour', 1, 1, 0, 1, 1, 1, 1, 60 from generate_series(1, 20000) as n\
            """, """
            insert into system_runs (started_at) select now() - n * interval '1 hour' from generate_series(1, 5000) as n\
            """, """
            insert into system_recovery_logs (id, kind, status, dry_run, asked_by, idempotency_key, started_at, ended_at)
            select md5('recovery ' || n)::uuid, (array['START', 'RESTORE'])[1 + n % 2], 'COMPLETED', false, 'operator',
                case when n % 2 = 1 then 'key ' || n end, now() - n * interval '1 hour', now()
            from generate_series(1, 5000) as n\
            """, """
            insert into system_recovery_bots (recovery, place, bot, outcome, run, attempts, needs, view)
            select recovery, place, md5('bot ' || place)::uuid, 'RESTORED', 'STARTED', 0, '{}', '{}'
            from system_recovery_logs, generate_series(1, 20) as place where kind = 'RESTORE'\
            """, """
            insert into rebuilds (id, request_key, status, reason, started_by, differences, accepted, accepted_bots, changed_at)
            select md5('rebuild ' || n)::uuid, 'key ' || n, 'CONFIRMED', 'a reason', 'operator', 20, 'it may',
                array(select md5('bot ' || bot)::uuid from generate_series(1, 20) as bot), now() - n * interval '1 day'
            from generate_series(1, 2000) as n\
            """, """
            insert into rebuild_differences
                (rebuild, bot, partition, state, sequence, rebuilt_sequence, trades, rebuilt_trades, parked, rebuilt_parked)
            select rebuild, md5('bot ' || bot)::uuid, bot % 12, true, 1, 2, 0, 0, false, false from rebuilds, generate_series(1, 20) as bot\
            """, """
            insert into component_state_tracking (kind, id, name, score, errors, looked_at)
            select 'BOT', id::text, name, bot % 101, 0, now() from bots\
            """);

    private FilledTables() {}

    static TestDatabase filled(int bots) {
        var database = TestDatabase.withTables();
        new ManyBots(database).fill(bots, 5);
        database.transactions().write(connection -> {
            try (var statement = connection.createStatement()) {
                for (var fill : FILL) {
                    statement.execute(fill);
                }
                return statement.execute("analyze");
            }
        });
        return database;
    }
}
