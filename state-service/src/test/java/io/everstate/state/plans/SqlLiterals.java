package io.everstate.state.plans;

import io.everstate.state.platform.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.StringEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Every text in the compiled service that is a statement, wherever it stands. */
final class SqlLiterals {
    private static final Pattern STATEMENT =
            Pattern.compile("\\s*(select|insert into|update|delete from|with|lock table)\\s.*", Pattern.DOTALL);

    private SqlLiterals() {}

    /** By text, with the class that has it. */
    static Map<String, String> all() {
        try (var files = Files.walk(classes())) {
            var literals = new TreeMap<String, String>();
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> add(literals, parsed(file)));
            return literals;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classes() {
        try {
            return Path.of(Transactions.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClassModel parsed(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Map<String, String> literals, ClassModel model) {
        var name = model.thisClass().asInternalName();
        var texts = StreamSupport.stream(model.constantPool().spliterator(), false)
                .filter(StringEntry.class::isInstance)
                .map(entry -> ((StringEntry) entry).stringValue())
                .filter(text -> STATEMENT.matcher(text).matches())
                .toList();
        texts.stream()
                .filter(text -> texts.stream().noneMatch(other -> isBeginning(text, other)))
                .forEach(text -> literals.put(text, name.substring(name.lastIndexOf('/') + 1)));
    }

    /** What is never executed as it stands: it ends where another statement of the class goes on. */
    private static boolean isBeginning(String text, String other) {
        return Character.isWhitespace(text.charAt(text.length() - 1))
                && other.length() > text.length()
                && other.startsWith(text);
    }
}
