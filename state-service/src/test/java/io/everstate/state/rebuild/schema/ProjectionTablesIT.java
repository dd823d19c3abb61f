package io.everstate.state.rebuild.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.platform.launcher.files.EverstateHome;
import io.everstate.state.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's list of tables says by whom each is written; what the projection writes is what a rebuild makes, and nothing else. */
class ProjectionTablesIT {
    private static final Pattern ROW = Pattern.compile("^\\| (`.*?`) \\|.*\\| ([a-z ]+) \\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    private record Documented(String table, String writer) {}

    private static List<Documented> documented() throws IOException {
        var lines = Files.readAllLines(EverstateHome.find().resolve("state-service/README.md"));
        return lines.subList(lines.indexOf("## Tables"), lines.indexOf("## REST")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .flatMap(row ->
                        NAME.matcher(row.group(1)).results().map(name -> new Documented(name.group(1), row.group(2))))
                .toList();
    }

    @Test
    void everyTableOfTheProjectionIsRebuiltAndNoOther() throws IOException {
        assertThat(documented().stream()
                        .filter(one -> one.writer().equals("projection"))
                        .map(Documented::table))
                .containsExactlyInAnyOrderElementsOf(ProjectionTables.NAMES);
    }

    @Test
    void everyTableIsInTheList() throws IOException {
        var database = TestDatabase.withTables();

        var tables = database.transactions()
                .read(connection -> Statements.texts(
                        connection,
                        "select tablename::text from pg_tables where schemaname = ? and tablename <> 'flyway_schema_history'",
                        "public"));

        assertThat(documented().stream().map(Documented::table)).containsExactlyInAnyOrderElementsOf(tables);
    }

    /** A reference from outside would be left with the tables that are taken away. */
    @Test
    void nothingOutsideRefersToThem() {
        var database = TestDatabase.withTables();

        var references = database.transactions()
                .read(connection -> Statements.texts(connection, """
                select conname::text from pg_constraint
                where contype = 'f' and confrelid::regclass::text = any (string_to_array(?, ','))""", String.join(",", ProjectionTables.NAMES)));

        assertThat(references).isEmpty();
    }
}
