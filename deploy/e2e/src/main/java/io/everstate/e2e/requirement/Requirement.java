package io.everstate.e2e.requirement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A row of the table in the README: {@code | SF4 | what must be true |}. */
record Requirement(String id, String text) {

    private static final Pattern ROW = Pattern.compile("\\|\\s*([A-Z]{2}\\d+)\\s*\\|\\s*(.+?)\\s*\\|\\s*");

    /** In the file's order. A file without a row is a mistake, not an empty table. */
    static List<Requirement> read(Path readme) {
        try {
            List<Requirement> rows = Files.readAllLines(readme).stream()
                    .map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> new Requirement(row.group(1), row.group(2)))
                    .toList();
            if (rows.isEmpty()) {
                throw new IllegalStateException("there is no table of requirements in " + readme);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("the table of requirements cannot be read", e);
        }
    }
}
