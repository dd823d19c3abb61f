package io.everstate.state.health.look;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at all services, and at what they need, at the same time: a look takes as long as the slowest answer. */
@Singleton
public final class Looks {
    private final List<Look> all;

    Looks(BotServiceLook bots, StateLook state, BackupLook backup, ServiceLook recovery, KafkaLook kafka) {
        this.all = List.of(bots, state, backup, recovery, kafka);
    }

    public List<Observation> look() throws InterruptedException {
        try (var looking = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = all.stream()
                    .<Callable<List<Observation>>>map(look -> look::look)
                    .toList();
            return looking.invokeAll(tasks).stream()
                    .map(Future::resultNow)
                    .flatMap(List::stream)
                    .toList();
        }
    }
}
