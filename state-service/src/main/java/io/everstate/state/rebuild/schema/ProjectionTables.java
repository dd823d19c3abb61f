package io.everstate.state.rebuild.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables that the fold makes of the log, and that come back from it. All others (snapshots, findings, runs, metrics, leases, rebuilds) stay
 * where they are: what is in them is not in the log.
 */
final class ProjectionTables {
    /** In the order in which the fold touches them. */
    static final List<String> NAMES = List.of("partition_offsets", "bots", "trades", "parked_bots");

    private static final String CONSTRAINTS = """
            select format('add constraint %I ', k.conname) || pg_get_constraintdef(k.oid)
            from pg_constraint k where k.conrelid = ?::regclass and k.contype in ('p', 'u', 'x')""";

    private static final String INDEXES = """
            select pg_get_indexdef(i.indexrelid)
            from pg_index i
            where i.indrelid = ?::regclass and not exists (select from pg_constraint k where k.conindid = i.indexrelid)""";

    private static final String OPTIONS =
            "select array_to_string(reloptions, ', ') from pg_class where oid = ?::regclass and reloptions is not null";

    /** All that a statement or a later migration can rely on: columns, constraints, indexes with their names, options. */
    private static final String SHAPE = """
            select t.relname || ' ' || detail
            from pg_class t join pg_namespace n on n.oid = t.relnamespace
            cross join lateral (
                select format('column %s %s %s %s %s %s', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
                              a.attcollation, pg_get_expr(d.adbin, d.adrelid))
                from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
                union all
                select format('constraint %s %s', k.conname, pg_get_constraintdef(k.oid))
                from pg_constraint k where k.conrelid = t.oid and k.contype in ('p', 'u', 'x', 'c')
                union all
                select replace(pg_get_indexdef(i.indexrelid), format(' ON %I.', n.nspname), ' ON ')
                from pg_index i where i.indrelid = t.oid
                union all
                select format('options %s', t.reloptions)) as details (detail)
            where n.nspname = ? and t.relkind = 'r' and t.relname in ('partition_offsets', 'bots', 'trades', 'parked_bots')
            order by 1""";

    private ProjectionTables() {}

    /** Empty ones, as those of the other schema are, down to the names of the indexes: later migrations use them. */
    static void create(Connection connection, String like, String schema) throws SQLException {
        Statements.run(connection, "create schema " + Schemas.quoted(schema));
        for (var name : NAMES) {
            createTable(connection, table(like, name), table(schema, name));
        }
    }

    private static void createTable(Connection connection, String like, String table) throws SQLException {
        Statements.run(
                connection,
                "create table %s (like %s including defaults including identity including generated including constraints including storage including compression including comments)"
                        .formatted(table, like));
        for (var options : Statements.texts(connection, OPTIONS, like)) {
            Statements.run(connection, "alter table %s set (%s)".formatted(table, options));
        }
        for (var constraint : Statements.texts(connection, CONSTRAINTS, like)) {
            Statements.run(connection, "alter table %s %s".formatted(table, constraint));
        }
        for (var index : Statements.texts(connection, INDEXES, like)) {
            Statements.run(connection, moved(index, table));
        }
    }

    /** The definition names its table once, behind the first ON. */
    private static String moved(String index, String table) {
        var from = index.indexOf(" ON ") + " ON ".length();
        return index.substring(0, from) + table + index.substring(index.indexOf(" USING ", from));
    }

    static void drop(Connection connection, String schema) throws SQLException {
        Statements.run(connection, "drop schema if exists %s cascade".formatted(Schemas.quoted(schema)));
    }

    /** Takes all of them over into a schema that has none; who uses them waits. */
    static void move(Connection connection, String from, String to) throws SQLException {
        for (var name : NAMES) {
            Statements.run(connection, "alter table %s set schema %s".formatted(table(from, name), Schemas.quoted(to)));
        }
    }

    /** Empty when there are none. */
    static List<String> shape(Connection connection, String schema) throws SQLException {
        return Statements.texts(connection, SHAPE, schema);
    }

    static String table(String schema, String name) {
        return Schemas.quoted(schema) + "." + name;
    }
}
