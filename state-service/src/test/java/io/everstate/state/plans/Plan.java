package io.everstate.state.plans;

import io.everstate.state.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the database carries out a statement whatever the values of its parameters are. */
record Plan(String text) {
    private static final Pattern READS_ALL = Pattern.compile("Seq Scan on (\\w+)");
    private static final Pattern PARAMETER = Pattern.compile("\\?");

    /**
     * Empty when it is not a statement, or is one whose parameters' types cannot be told.
     *
     * @param arrays the element types of parameters that are arrays
     */
    static Optional<Plan> find(TestDatabase database, String statement, Map<Integer, String> arrays) {
        try {
            return Optional.of(of(database, statement, arrays));
        } catch (SQLException _) {
            return Optional.empty();
        }
    }

    static Plan of(TestDatabase database, String statement, Map<Integer, String> arrays) throws SQLException {
        var known = database.database();
        var url = known.url() + "?preferQueryMode=simple"; // any other asks for values
        try (var connection = DriverManager.getConnection(url, known.user(), known.password());
                var explain = connection.createStatement();
                var rows = explain.executeQuery("explain (generic_plan) " + numbered(statement, arrays))) {
            var plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return new Plan(plan.toString());
        }
    }

    private static String numbered(String statement, Map<Integer, String> arrays) {
        var count = new int[1];
        return PARAMETER.matcher(statement).replaceAll(_ -> {
            var number = ++count[0];
            var type = arrays.containsKey(number) ? "::" + arrays.get(number) + "[]" : "";
            return "\\$" + number + type;
        });
    }

    /** The tables of which every row is read. */
    Set<String> readsAll() {
        return READS_ALL.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }
}
