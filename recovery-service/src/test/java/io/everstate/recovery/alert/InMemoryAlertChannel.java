package io.everstate.recovery.alert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Answers as it was told, then accepts. */
final class InMemoryAlertChannel implements AlertChannel {
    final List<Alert> accepted = new ArrayList<>();
    final Deque<Answer> answers = new ArrayDeque<>();
    boolean configured = true;
    boolean broken;

    @Override
    public boolean configured() {
        return configured;
    }

    @Override
    public Answer send(Alert alert) {
        var answer = broken
                ? new Answer.Unreachable("no answer")
                : Optional.ofNullable(answers.poll()).orElse(new Answer.Accepted());
        if (answer instanceof Answer.Accepted) {
            accepted.add(alert);
        }
        return answer;
    }
}
