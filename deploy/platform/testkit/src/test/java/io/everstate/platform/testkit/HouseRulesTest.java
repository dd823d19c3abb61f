package io.everstate.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule, shown to fail on a class that breaks it and nothing else. */
class HouseRulesTest {

    private static final String FIXTURES = "io.everstate.platform.testkit.fixtures.";

    @Test
    void acceptsFeaturesInALineOnAPlatform() {
        assertThat(breaches("good")).isEmpty();
    }

    @Test
    void findsFeaturesThatFormACycle() {
        assertThat(breaches("cycle"))
                .singleElement()
                .asString()
                .contains("Cycle detected")
                .contains("orders")
                .contains("payments");
    }

    @Test
    void findsAPlatformThatKnowsAFeature() {
        assertThat(breaches("layers")).isNotEmpty().allMatch(breach -> breach.contains("layers.platform.Health"));
    }

    @ParameterizedTest
    @CsvSource({
        "configproperty, ConfigProperty",
        "fieldinjection, InjectsAField.injected",
        "oldtime, java.util.Date",
        "oldformat, java.text.SimpleDateFormat",
        "streams, System.out",
        "sleep, Thread.sleep"
    })
    void findsWhatNoClassDoes(String fixture, String named) {
        assertThat(breaches("code." + fixture)).isNotEmpty().allMatch(breach -> breach.contains(named));
    }

    @Test
    void findsAPackageWhoseNullsAreNotDeclared() {
        assertThat(breaches("unmarked"))
                .containsExactly("Package <" + FIXTURES + "unmarked> has no @NullMarked package-info");
    }

    @Test
    void findsAPackageThatIsNamedAfterNothing() {
        assertThat(breaches("packages"))
                .containsExactly("Package <" + FIXTURES + "packages.orders.util> is named util; name its feature");
    }

    @Test
    void findsEverySuffixThatSaysNothing() {
        assertThat(breaches("names"))
                .hasSize(8)
                .allMatch(breach -> breach.endsWith("name what it does"))
                .anyMatch(breach -> breach.contains("OrderUtils> is a Utils"));
    }

    @Test
    void findsThatThereIsNothingToCheck() {
        assertThat(breaches("nowhere")).containsExactly("there are no classes");
    }

    @Test
    void failsWithEveryBreach() {
        assertThatThrownBy(() -> HouseRules.check(FIXTURES + "names", classes("names")))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("8 breaches of the house rules")
                .hasMessageContaining("OrderManager")
                .hasMessageContaining("OrderInfo");
    }

    private static List<String> breaches(String fixture) {
        return HouseRules.breaches(FIXTURES + fixture, classes(fixture));
    }

    private static JavaClasses classes(String fixture) {
        return new ClassFileImporter().importPackages(FIXTURES + fixture);
    }
}
