package io.everstate.platform.testkit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** The rules of the house style that a machine can check, for the main classes of one module. */
public final class HouseRules {

    private HouseRules() {}

    /** Fails with every breach if main classes below this package break a rule, or if there are none. */
    public static void check(String basePackage) {
        check(
                basePackage,
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(basePackage));
    }

    /** As {@link #check(String)}, for classes that need not be on the class path. */
    public static void check(String basePackage, JavaClasses classes) {
        List<String> breaches = breaches(basePackage, classes);
        if (!breaches.isEmpty()) {
            throw new AssertionError(breaches.size() + " breaches of the house rules in " + basePackage + ":\n"
                    + String.join("\n", breaches));
        }
    }

    static List<String> breaches(String basePackage, JavaClasses classes) {
        List<String> breaches = new ArrayList<>();
        if (classes.isEmpty()) {
            breaches.add("there are no classes");
        }
        List<ArchRule> rules = new ArrayList<>(LayerRules.of(basePackage));
        rules.addAll(CodeRules.all());
        for (ArchRule rule : rules) {
            breaches.addAll(rule.allowEmptyShould(true)
                    .evaluate(classes)
                    .getFailureReport()
                    .getDetails());
        }
        breaches.addAll(new NameRules(basePackage).breaches(classes));
        return breaches;
    }
}
