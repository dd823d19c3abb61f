package io.everstate.e2e.requirement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The modules that the root's POM names. */
final class Modules {

    private static final Pattern MODULE = Pattern.compile("<module>\\s*([^<\\s]+)\\s*</module>");

    private Modules() {}

    /** Relative to the root, in the POM's order. */
    static List<String> of(Path root) {
        try {
            return MODULE.matcher(Files.readString(root.resolve("pom.xml")))
                    .results()
                    .map(module -> module.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the modules are not known", e);
        }
    }
}
