package io.everstate.state.health.look;

import io.everstate.state.health.look.Question.Answer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a service's own answer about its readiness says of it. */
final class Readiness {
    private Readiness() {}

    static Observation of(Component component, Answer answer) {
        return answer.ok() ? Observation.well(component) : Observation.impaired(component, why(answer));
    }

    private static String why(Answer answer) {
        var down = StreamSupport.stream(answer.body().path("checks").spliterator(), false)
                .filter(check -> !check.path("status").asText().equals("UP"))
                .map(check -> check.path("name").asText())
                .collect(Collectors.joining(", "));
        return down.isEmpty()
                ? "answers " + answer.status() + " when it is asked whether it is ready"
                : "says that it is not ready: " + down;
    }
}
