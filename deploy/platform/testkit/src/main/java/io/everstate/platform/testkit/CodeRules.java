package io.everstate.platform.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** What no class does, wherever it is. */
final class CodeRules {

    private static final String CONFIG_PROPERTY = "org.eclipse.microprofile.config.inject.ConfigProperty";
    private static final String OLD_TIME =
            "java\\.(util\\.(Date|Calendar|GregorianCalendar)|text\\.(DateFormat|SimpleDateFormat))";
    /** Programs write to the person who started them. */
    private static final String[] PROGRAMS = {"io.everstate.cli..", "io.everstate.e2e..", "io.everstate.benchmarks.."};

    private CodeRules() {}

    static List<ArchRule> all() {
        return List.of(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName(CONFIG_PROPERTY)
                        .as("configuration is a @ConfigMapping"),
                noFields().should().beAnnotatedWith("jakarta.inject.Inject").as("injection is by constructor"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(OLD_TIME)
                        .as("time is java.time"),
                noClasses()
                        .that()
                        .resideOutsideOfPackages(PROGRAMS)
                        .should(ACCESS_STANDARD_STREAMS)
                        .as("messages go to the log"),
                noClasses().should().callMethodWhere(sleeps()).as("nothing sleeps"));
    }

    private static DescribedPredicate<JavaMethodCall> sleeps() {
        return DescribedPredicate.describe(
                "Thread.sleep",
                call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getName().equals("sleep"));
    }
}
