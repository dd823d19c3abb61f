package io.everstate.contracts.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
    private final JacksonFormat json = new JacksonFormat();

    @Test
    void isWrittenAsItsGoldenText() {
        var problem = Problem.of(new ProblemException(ProblemType.CONFLICT, "the bot is running already"));

        assertThat(text(problem)).isEqualTo(Golden.text("problem/conflict.json"));
    }

    @Test
    void namesTheWrongFieldsInItsGoldenText() {
        var problem = Problem.invalid(List.of(
                new Violation("initialBalance", "must be above 0"), new Violation("symbol", "is not traded here")));

        assertThat(text(problem)).isEqualTo(Golden.text("problem/invalid.json"));
    }

    @Test
    void isReadFromItsGoldenText() {
        var problem = json.read(Golden.text("problem/invalid.json").getBytes(UTF_8), Problem.class);

        assertThat(problem.violations())
                .containsExactly(
                        new Violation("initialBalance", "must be above 0"),
                        new Violation("symbol", "is not traded here"));
    }

    @Test
    void keepsEveryTypesAddressStatusAndAnswerToRetries() {
        var table = Arrays.stream(ProblemType.values())
                .map(type -> type.uri() + " " + type.status() + (type.retryable() ? " retryable" : ""))
                .collect(joining("\n"));

        assertThat(table).isEqualTo(Golden.text("problem/types.txt"));
    }

    @ParameterizedTest
    @EnumSource
    void takesStatusTitleAndRetryFromItsType(ProblemType type) {
        var problem = Problem.of(type, "why");

        assertThat(problem)
                .isEqualTo(new Problem(type.uri(), type.title(), type.status(), "why", type.retryable(), null));
    }

    private String text(Problem problem) {
        return new String(json.write(problem), UTF_8);
    }
}
