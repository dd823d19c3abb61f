package io.everstate.state.restore.point;

import io.everstate.contracts.problem.ProblemException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer that is asked for when the first one needs it, and not again; that nobody answered is one too. Not thread-safe. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> question;
    private @Nullable T answer;
    private @Nullable ProblemException problem;

    Once(Supplier<T> question) {
        this.question = question;
    }

    @Override
    public T get() {
        if (problem != null) {
            throw problem;
        }
        var known = answer;
        if (known == null) {
            known = asked();
            answer = known;
        }
        return known;
    }

    private T asked() {
        try {
            return question.get();
        } catch (ProblemException e) {
            problem = e;
            throw e;
        }
    }
}
