package io.everstate.platform.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Names that say something, and packages whose nulls are declared. */
final class NameRules {

    private static final Set<String> EMPTY_PACKAGES = Set.of("service", "dto", "util", "impl", "common", "model");
    private static final List<String> EMPTY_SUFFIXES =
            List.of("Manager", "Helper", "Util", "Utils", "Handler", "Processor", "Data", "Info");

    private final String basePackage;

    NameRules(String basePackage) {
        this.basePackage = basePackage;
    }

    List<String> breaches(JavaClasses classes) {
        Map<String, JavaPackage> packages = new TreeMap<>();
        List<String> breaches = new ArrayList<>();
        for (JavaClass javaClass : classes) {
            packages.put(javaClass.getPackageName(), javaClass.getPackage());
            for (String suffix : EMPTY_SUFFIXES) {
                if (javaClass.getSimpleName().endsWith(suffix)) {
                    breaches.add("Class <" + javaClass.getName() + "> is a " + suffix + "; name what it does");
                }
            }
        }
        packages.forEach((name, javaPackage) -> breaches.addAll(breaches(name, javaPackage)));
        return breaches;
    }

    private List<String> breaches(String name, JavaPackage javaPackage) {
        List<String> breaches = new ArrayList<>();
        if (!javaPackage.isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
            breaches.add("Package <" + name + "> has no @NullMarked package-info");
        }
        String below = name.substring(basePackage.length());
        for (String segment : below.split("\\.", -1)) {
            if (EMPTY_PACKAGES.contains(segment)) {
                breaches.add("Package <" + name + "> is named " + segment + "; name its feature");
            }
        }
        return breaches;
    }
}
