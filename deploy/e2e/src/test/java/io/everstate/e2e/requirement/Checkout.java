package io.everstate.e2e.requirement;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** A checkout with one module, {@code part}, as a build leaves it. */
record Checkout(Path root) {

    private static final Instant COMPILED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant TESTED = Instant.parse("2026-01-01T10:01:00Z");

    /** @param ids of the table's rows */
    static Checkout of(Path root, String... ids) {
        Checkout checkout = new Checkout(root);
        checkout.write("pom.xml", "<modules><module>part</module></modules>");
        StringBuilder table = new StringBuilder("# Tests\n\n| id | what |\n|---|---|\n");
        for (String id : ids) {
            table.append("| ").append(id).append(" | What ").append(id).append(" asks for |\n");
        }
        checkout.write("deploy/e2e/README.md", table.toString());
        return checkout;
    }

    Checkout withCompiled(Class<?>... types) {
        for (Class<?> type : types) {
            String file = type.getName().replace('.', '/') + ".class";
            try (InputStream bytes = Checkout.class.getClassLoader().getResourceAsStream(file)) {
                Path copy = root.resolve("part/target/test-classes").resolve(file);
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(requireNonNull(bytes, file), copy);
                Files.setLastModifiedTime(copy, FileTime.from(COMPILED));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** @param directory {@code surefire} or {@code failsafe} */
    Checkout withReport(String directory, Class<?> type, String... cases) {
        return withReport(directory, type, TESTED, cases);
    }

    Checkout withReportFromBeforeItWasCompiled(Class<?> type, String... cases) {
        return withReport("surefire", type, COMPILED.minusSeconds(1), cases);
    }

    private Checkout withReport(String directory, Class<?> type, Instant at, String... cases) {
        String name = "part/target/" + directory + "-reports/TEST-" + type.getName() + ".xml";
        Path file =
                write(name, "<?xml version=\"1.0\"?>\n<testsuite>\n" + String.join("\n", cases) + "\n</testsuite>\n");
        try {
            Files.setLastModifiedTime(file, FileTime.from(at));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** @param content of the test case: empty when it passed */
    static String testCase(Class<?> type, String name, String content) {
        return "<testcase name=\"%s\" classname=\"%s\" time=\"0.1\">%s</testcase>"
                .formatted(name, type.getName(), content);
    }

    private Path write(String name, String content) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
