package io.everstate.platform.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Who may know whom: features are the direct subpackages of a service's base package. */
final class LayerRules {

    private LayerRules() {}

    static List<ArchRule> of(String basePackage) {
        String platform = basePackage + ".platform..";
        return List.of(
                slices().matching(basePackage + ".(*)..").should().beFreeOfCycles(),
                noClasses()
                        .that()
                        .resideInAPackage(platform)
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage(basePackage + "..").and(not(resideInAPackage(platform))))
                        .as("platform knows no feature"));
    }
}
