package io.everstate.e2e.requirement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a class file says about tests.
 *
 * @param parents the superclass and the interfaces
 * @param tags of the class itself
 * @param tests of the class itself, each with its own tags
 */
record CompiledClass(
        String name, boolean isAbstract, List<String> parents, Set<String> tags, Map<String, Set<String>> tests) {

    private static final Set<String> TEST_ANNOTATIONS = Set.of(
            "Lorg/junit/jupiter/api/Test;",
            "Lorg/junit/jupiter/api/RepeatedTest;",
            "Lorg/junit/jupiter/api/TestFactory;",
            "Lorg/junit/jupiter/api/TestTemplate;",
            "Lorg/junit/jupiter/params/ParameterizedTest;");
    private static final String TAG = "Lorg/junit/jupiter/api/Tag;";
    private static final String TAGS = "Lorg/junit/jupiter/api/Tags;";

    static CompiledClass read(Path file) {
        try {
            return of(ClassFile.of().parse(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompiledClass of(ClassModel model) {
        List<String> parents = new ArrayList<>();
        model.superclass().ifPresent(parent -> parents.add(name(parent)));
        model.interfaces().forEach(parent -> parents.add(name(parent)));
        Map<String, Set<String>> tests = new LinkedHashMap<>();
        for (MethodModel method : model.methods()) {
            if (annotations(method).anyMatch(annotation -> TEST_ANNOTATIONS.contains(type(annotation)))) {
                tests.put(method.methodName().stringValue(), tags(method));
            }
        }
        boolean isAbstract = model.flags().has(AccessFlag.ABSTRACT);
        return new CompiledClass(name(model.thisClass()), isAbstract, parents, tags(model), tests);
    }

    private static Set<String> tags(AttributedElement element) {
        Set<String> tags = new HashSet<>();
        annotations(element).filter(annotation -> type(annotation).equals(TAG)).forEach(tag -> tags.add(text(tag)));
        annotations(element)
                .filter(annotation -> type(annotation).equals(TAGS))
                .flatMap(CompiledClass::contained)
                .forEach(tag -> tags.add(text(tag)));
        return tags;
    }

    private static Stream<Annotation> annotations(AttributedElement element) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream());
    }

    private static Stream<Annotation> contained(Annotation repeated) {
        return repeated.elements().stream()
                .map(AnnotationElement::value)
                .filter(AnnotationValue.OfArray.class::isInstance)
                .flatMap(value -> ((AnnotationValue.OfArray) value).values().stream())
                .map(value -> ((AnnotationValue.OfAnnotation) value).annotation());
    }

    private static String text(Annotation tag) {
        return tag.elements().stream()
                .map(element -> ((AnnotationValue.OfString) element.value()).stringValue())
                .collect(Collectors.joining());
    }

    private static String type(Annotation annotation) {
        Utf8Entry descriptor = annotation.className();
        return descriptor.stringValue();
    }

    private static String name(ClassEntry entry) {
        return entry.asInternalName().replace('/', '.');
    }
}
