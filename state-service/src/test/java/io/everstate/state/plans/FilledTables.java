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
            "system_runs");

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
            """);

    private FilledTables() {}

    static TestDatabase filled(int bots) {
        var database = TestDatabase.empty().migrated();
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
