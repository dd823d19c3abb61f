package io.everstate.e2e.requirement;

import static io.everstate.e2e.requirement.Checkout.testCase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTest {

    private static final String PASSED = "";
    private static final String FAILED = "<failure message=\"no\">at Somewhere</failure><system-out>x</system-out>";
    private static final String BROKEN = "<error type=\"Oops\"/>";
    private static final String SKIPPED = "<skipped message=\"not here\"/>";

    @TempDir
    Path root;

    @Test
    void holdWhenEveryRowHasATestThatPassed() {
        Checkout.of(root, "ZZ1", "ZZ2")
                .withCompiled(Specimen.class)
                .withReport("surefire", Specimen.class, passed("plain"), passed("manyTimes(String)[1]"));

        Requirements requirements = Requirements.of(root);

        assertThat(requirements.hold()).isTrue();
        assertThat(lines(requirements))
                .containsExactly(
                        "ID RESULT MODULE TEST",
                        "ZZ1 passed part Specimen.plain",
                        "ZZ1 passed part Specimen.manyTimes",
                        "ZZ2 passed part Specimen.manyTimes",
                        "",
                        "2 of 2 requirements are proven by the last build.");
    }

    @Test
    void doNotHoldWhenARowHasNoTest() {
        Checkout.of(root, "ZZ1", "ZZ9")
                .withCompiled(Specimen.class)
                .withReport("surefire", Specimen.class, passed("plain"), passed("manyTimes(String)[1]"));

        Requirements requirements = Requirements.of(root);

        assertThat(requirements.hold()).isFalse();
        assertThat(lines(requirements))
                .contains(
                        "ZZ9 missing What ZZ9 asks for",
                        "1 of 2 requirements are proven by the last build, 1 have no test.");
    }

    @Test
    void doNotHoldWhenOneCallOfATestFailed() {
        Checkout.of(root, "ZZ2")
                .withCompiled(Specimen.class)
                .withReport(
                        "surefire",
                        Specimen.class,
                        passed("manyTimes(String)[1]"),
                        testCase(Specimen.class, "manyTimes(String)[2]", FAILED),
                        passed("manyTimes(String)[3]"));

        Requirements requirements = Requirements.of(root);

        assertThat(requirements.hold()).isFalse();
        assertThat(lines(requirements)).contains("ZZ2 failed part Specimen.manyTimes");
    }

    @Test
    void doNotHoldWhenTheOnlyTestWasSkipped() {
        Checkout.of(root, "ZZ2")
                .withCompiled(Specimen.class)
                .withReport("surefire", Specimen.class, testCase(Specimen.class, "manyTimes(String)[1]", SKIPPED));

        Requirements requirements = Requirements.of(root);

        assertThat(requirements.hold()).isFalse();
        assertThat(lines(requirements)).contains("ZZ2 skipped part Specimen.manyTimes");
    }

    @Test
    void holdWhenBesideASkippedTestAnotherOnePassed() {
        Checkout.of(root, "ZZ1")
                .withCompiled(Specimen.class)
                .withReport(
                        "surefire",
                        Specimen.class,
                        passed("manyTimes(String)[1]"),
                        testCase(Specimen.class, "plain", SKIPPED));

        Requirements requirements = Requirements.of(root);

        assertThat(requirements.hold()).isTrue();
        assertThat(lines(requirements))
                .contains("ZZ1 skipped part Specimen.plain", "ZZ1 passed part Specimen.manyTimes");
    }

    @Test
    void doNotHoldWhenATestDidNotRun() {
        Checkout.of(root, "ZZ1").withCompiled(Specimen.class);

        Requirements requirements = Requirements.of(root);

        assertThat(requirements.hold()).isFalse();
        assertThat(lines(requirements)).contains("ZZ1 not run part Specimen.plain");
    }

    @Test
    void doNotTakeAReportFromBeforeTheTestWasCompiled() {
        Checkout.of(root, "ZZ2")
                .withCompiled(Specimen.class)
                .withReportFromBeforeItWasCompiled(Specimen.class, passed("manyTimes(String)[1]"));

        Requirements requirements = Requirements.of(root);

        assertThat(requirements.hold()).isFalse();
        assertThat(lines(requirements)).contains("ZZ2 not run part Specimen.manyTimes");
    }

    @Test
    void doNotHoldWhenTheWholeClassBroke() {
        Checkout.of(root, "ZZ2")
                .withCompiled(Specimen.class)
                .withReport("failsafe", Specimen.class, testCase(Specimen.class, "", BROKEN));

        Requirements requirements = Requirements.of(root);

        assertThat(requirements.hold()).isFalse();
        assertThat(lines(requirements)).contains("ZZ2 failed part Specimen.manyTimes");
    }

    @Test
    void knowNestedTestsByTheTagsOfTheirClass() {
        Checkout.of(root, "ZZ3")
                .withCompiled(Specimen.class, Specimen.Inner.class)
                .withReport("surefire", Specimen.Inner.class, testCase(Specimen.Inner.class, "nested", PASSED));

        Requirements requirements = Requirements.of(root);

        assertThat(requirements.hold()).isTrue();
        assertThat(lines(requirements)).contains("ZZ3 passed part Specimen$Inner.nested");
    }

    @Test
    void findNestedTestsInTheReportOfTheClassAroundThem() {
        Checkout.of(root, "ZZ3")
                .withCompiled(Specimen.class, Specimen.Inner.class)
                .withReport("surefire", Specimen.class, testCase(Specimen.Inner.class, "nested", PASSED));

        assertThat(Requirements.of(root).hold()).isTrue();
    }

    @Test
    void countInheritedTestsWhereTheyRun() {
        Checkout.of(root, "ZZ4", "ZZ5")
                .withCompiled(Specimen.class, SpecimenContract.class)
                .withReport("failsafe", Specimen.class, passed("inherited"));

        Requirements requirements = Requirements.of(root);

        assertThat(lines(requirements))
                .contains(
                        "ZZ4 passed part Specimen.inherited",
                        "ZZ5 passed part Specimen.inherited",
                        "ZZ5 not run part Specimen.untagged");
    }

    @Test
    void refuseAReadmeWithoutATable() {
        Checkout.of(root);

        assertThatThrownBy(() -> Requirements.of(root)).hasMessageContaining("no table of requirements");
    }

    private static String passed(String name) {
        return testCase(Specimen.class, name, PASSED);
    }

    private static List<String> lines(Requirements requirements) {
        return requirements
                .render()
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }
}
