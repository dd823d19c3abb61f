package io.everstate.state.imports;

import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file, and what a person should know of what becomes of it. */
final class Remarks {
    private static final int MOST = 50;

    private final List<Violation> wrong = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void wrong(String field, String message) {
        if (wrong.size() < MOST) {
            wrong.add(new Violation(field, message));
        }
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    boolean anyWrong() {
        return !wrong.isEmpty();
    }

    /** @throws InvalidException with all that is wrong, when anything is */
    void require() {
        if (!wrong.isEmpty()) {
            throw new InvalidException(wrong);
        }
    }
}
