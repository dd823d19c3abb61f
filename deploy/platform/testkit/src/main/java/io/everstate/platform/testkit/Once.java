package io.everstate.platform.testkit;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes its value at first use; a first use that failed is not tried again, but fails again with the same reason. */
final class Once<T> implements Supplier<T> {

    private final Supplier<T> maker;
    private @Nullable T value;
    private @Nullable RuntimeException failure;

    Once(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        if (failure != null) {
            throw new IllegalStateException("it failed at first use", failure);
        }
        T known = value;
        return known != null ? known : make();
    }

    private T make() {
        try {
            T made = maker.get();
            value = made;
            return made;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
