package io.everstate.e2e.requirement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The tests in a directory of class files. */
final class CompiledTests {

    private final Map<String, CompiledClass> classes = new TreeMap<>();

    private CompiledTests() {}

    /** Empty if the directory is not there. */
    static List<TestMethod> in(Path directory) {
        CompiledTests compiled = new CompiledTests();
        if (Files.isDirectory(directory)) {
            compiled.read(directory);
        }
        List<TestMethod> tests = new ArrayList<>();
        compiled.classes.values().stream()
                .filter(type -> !type.isAbstract())
                .forEach(type -> tests.addAll(compiled.tests(type)));
        return tests;
    }

    private void read(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .map(CompiledClass::read)
                    .forEach(type -> classes.put(type.name(), type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<TestMethod> tests(CompiledClass type) {
        Map<String, Set<String>> tests = new LinkedHashMap<>();
        Set<String> tags = new HashSet<>();
        for (CompiledClass one : withParents(type)) {
            tags.addAll(one.tags());
            one.tests().forEach(tests::putIfAbsent);
        }
        tags.addAll(tagsOfEnclosing(type));
        return tests.entrySet().stream()
                .map(test -> new TestMethod(type.name(), test.getKey(), union(tags, test.getValue())))
                .toList();
    }

    /** The class, then what it inherits from, the nearest first. */
    private List<CompiledClass> withParents(CompiledClass type) {
        List<CompiledClass> all = new ArrayList<>(List.of(type));
        Map<String, CompiledClass> known = new HashMap<>(classes);
        for (int next = 0; next < all.size(); next++) {
            for (String parent : all.get(next).parents()) {
                CompiledClass found = known.remove(parent);
                if (found != null) {
                    all.add(found);
                }
            }
        }
        return all;
    }

    /** A nested class of tests has the tags of the classes around it. */
    private Set<String> tagsOfEnclosing(CompiledClass type) {
        Set<String> tags = new HashSet<>();
        String name = type.name();
        for (int dollar = name.lastIndexOf('$'); dollar > 0; dollar = name.lastIndexOf('$', dollar - 1)) {
            CompiledClass around = classes.get(name.substring(0, dollar));
            if (around != null) {
                tags.addAll(around.tags());
            }
        }
        return tags;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }
}
