package io.everstate.e2e.requirement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What the last build wrote about the tests of one module, unit tests (surefire) and integration tests (failsafe) alike. */
final class TestReports {

    private static final List<String> DIRECTORIES = List.of("target/surefire-reports", "target/failsafe-reports");
    /** The name of a parameterised test's call goes on with its parameter types: {@code refuses(String)[3]}. */
    private static final String AFTER_THE_METHOD = "[(\\[{ ].*";

    private final Path module;
    private final Map<String, Optional<Report>> reports = new HashMap<>();

    TestReports(Path module) {
        this.module = module;
    }

    /** What each method came to; under the empty name what befell the whole class. */
    private record Report(FileTime writtenAt, Map<String, Outcome> outcomes) {

        Outcome of(String method) {
            Outcome ofAll = outcomes.get("");
            Outcome own = outcomes.get(method);
            if (own == null) {
                return ofAll == null ? Outcome.NOT_RUN : ofAll;
            }
            return ofAll == null ? own : own.worse(ofAll);
        }
    }

    /** The worst of all calls of this test; a report from before the test was compiled does not count. */
    Outcome of(TestMethod test) {
        return reports.computeIfAbsent(test.className(), this::newest)
                .filter(report -> report.writtenAt().compareTo(compiledAt(test)) >= 0)
                .map(report -> report.of(test.name()))
                .orElse(Outcome.NOT_RUN);
    }

    private FileTime compiledAt(TestMethod test) {
        return modified(
                module.resolve("target/test-classes").resolve(test.className().replace('.', '/') + ".class"));
    }

    private Optional<Report> newest(String className) {
        // surefire reports a nested class in the file of the class around it or in its own
        String outermost = className.replaceAll("\\$.*", "");
        return DIRECTORIES.stream()
                .flatMap(directory -> Stream.of(className, outermost)
                        .distinct()
                        .map(name -> module.resolve(directory).resolve("TEST-" + name + ".xml")))
                .filter(Files::isRegularFile)
                .map(file -> new Report(modified(file), outcomes(file, className)))
                .filter(report -> !report.outcomes().isEmpty())
                .max(Comparator.comparing(Report::writtenAt));
    }

    private static Map<String, Outcome> outcomes(Path file, String className) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStream content = Files.newInputStream(file)) {
            XMLStreamReader reader = factory.createXMLStreamReader(content);
            Map<String, Outcome> outcomes = new HashMap<>();
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("testcase")
                        && className.equals(reader.getAttributeValue(null, "classname"))) {
                    String name = reader.getAttributeValue(null, "name");
                    String method = name == null ? "" : name.replaceFirst(AFTER_THE_METHOD, "");
                    outcomes.merge(method, outcome(reader), Outcome::worse);
                }
            }
            return outcomes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(file + " is no report of tests: " + e.getMessage(), e);
        }
    }

    /** Reads to the end of the test case. */
    private static Outcome outcome(XMLStreamReader reader) throws XMLStreamException {
        Outcome outcome = Outcome.PASSED;
        for (int event = reader.next(); !endOfCase(reader, event); event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                outcome = outcome.worse(
                        switch (reader.getLocalName()) {
                            case "failure", "error" -> Outcome.FAILED;
                            case "skipped" -> Outcome.SKIPPED;
                            default -> Outcome.PASSED;
                        });
            }
        }
        return outcome;
    }

    private static boolean endOfCase(XMLStreamReader reader, int event) {
        return event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("testcase");
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
