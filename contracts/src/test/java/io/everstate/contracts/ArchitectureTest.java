package io.everstate.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.everstate.contracts.sample.JacksonFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CONTRACTS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.everstate.contracts");

    private static final ArchRule PLAIN_JAVA = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "io.everstate.contracts..", "com.fasterxml.jackson.annotation..", "org.jspecify..");

    @Test
    void needsTheJdkAndAnnotationsOnly() {
        PLAIN_JAVA.check(CONTRACTS);
    }

    @Test
    void wouldNoticeAnotherDependency() {
        var withJackson = new ClassFileImporter().importClasses(JacksonFormat.class);

        assertThat(PLAIN_JAVA.evaluate(withJackson).hasViolation()).isTrue();
    }

    @Test
    void formsNoCycleOfPackages() {
        slices().matching("io.everstate.contracts.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CONTRACTS);
    }

    @Test
    void keepsBotsApartFromTheLog() {
        noClasses()
                .that()
                .resideInAPackage("..contracts.bot..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..contracts.log..")
                .check(CONTRACTS);
    }

    @Test
    void holdsTheFeaturesThatItIsMadeOf() {
        assertThat(CONTRACTS.getPackage("io.everstate.contracts").getSubpackages())
                .extracting(JavaPackage::getRelativeName)
                .containsExactlyInAnyOrder(
                        "backup",
                        "bot",
                        "external",
                        "log",
                        "mode",
                        "problem",
                        "recovery",
                        "supervision",
                        "view",
                        "wire");
    }

    @Test
    void marksEveryPackageAgainstNulls() {
        Set<JavaPackage> unmarked = CONTRACTS.getPackage("io.everstate.contracts").getSubpackages().stream()
                .filter(feature -> !feature.isAnnotatedWith(NullMarked.class))
                .collect(Collectors.toSet());

        assertThat(unmarked).isEmpty();
    }
}
