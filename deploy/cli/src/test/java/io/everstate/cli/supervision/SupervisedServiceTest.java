package io.everstate.cli.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.supervision.ServiceView.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Supervises a real process. */
@Timeout(60)
class SupervisedServiceTest {

    private static final Journal NOBODY = sentence -> {};

    private final Path followed;
    private final MovableClock clock = new MovableClock();

    SupervisedServiceTest(@TempDir Path directory) {
        followed = directory.resolve("followed");
    }

    @BeforeEach
    void createFile() throws IOException {
        Files.createFile(followed);
    }

    @AfterEach
    void endAll() {
        Samples.processes(followed).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void leavesOneThatIsStartingAloneWhenAskedToRestartIt() throws InterruptedException {
        SupervisedService service = supervised(address -> false);
        long pid = service.view().pid();

        clock.advance(SupervisedService.LATE.minusSeconds(1));
        service.restart();

        await().during(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(service.view().pid()).isEqualTo(pid));
        service.stop();
    }

    @Test
    void endsOneThatHasBeenStartingForLongWhenAskedToRestartIt() throws InterruptedException {
        SupervisedService service = supervised(address -> false);
        long pid = service.view().pid();

        clock.advance(SupervisedService.LATE);
        service.restart();

        await().untilAsserted(() -> assertThat(service.view().pid()).isNotEqualTo(pid));
        assertThat(service.view().restarts()).isEqualTo(1);
        assertThat(service.view().crashes()).isZero();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        service.stop();
    }

    @Test
    void endsTheProcessWhenTheThreadThatWatchedItHasFailed() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        SupervisedService service = supervised(address -> {
            failed.countDown();
            throw new IllegalStateException("the watching fails");
        });
        failed.await();

        service.stop();

        assertThat(Samples.processes(followed)).isEmpty();
        assertThat(service.view().state()).isEqualTo(State.STOPPED);
    }

    private SupervisedService supervised(Readiness readiness) {
        ServiceSpec spec = Samples.following(followed, followed.resolveSibling("sample.pid"));
        SupervisedService service = new SupervisedService(spec, readiness, clock, NOBODY);
        service.supervise();
        return service;
    }
}
