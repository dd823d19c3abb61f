package io.everstate.state.platform;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What people watch until it is over, as server-sent events. */
public final class Watched {
    /** Also when nothing changes: who has gone away is noticed when something is sent. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private Watched() {}

    /**
     * The thing as it is now and once a second from then on; the last one is over.
     *
     * @param look is made on a thread of the workers; what it throws ends the stream
     */
    public static <T> Multi<T> until(Predicate<T> over, Supplier<T> look) {
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom().item(look).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .withDelay(LOOK)
                .whilst(over.negate());
    }
}
