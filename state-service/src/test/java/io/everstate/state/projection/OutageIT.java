package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.contracts.problem.Problem;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The parts go away and come back under one process that is never restarted. */
class OutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final TestLog LOG = TestLog.fresh(2);
    private static final TestDatabase DATABASE = TestDatabase.empty();
    private static ServiceProcess process;
    private static StateApi api;

    @BeforeAll
    static void start() {
        process = ServiceProcess.of("state-service")
                .configuration(DATABASE.configuration(LOG))
                .start();
        api = new StateApi(process);
    }

    @AfterAll
    static void stop() {
        process.close();
        LOG.close();
    }

    @Test
    void withoutTheDatabaseItAnswers503AndCatchesUpByItself() {
        var bot = LOG.newBot(0);
        LOG.write(0, List.of(LOG.nextOwner(0).claim()));
        var owner = new Owner(LOG.fold().get(0).epoch());
        TestPlatform.shared().pause(Part.POSTGRES);
        try {
            LOG.write(0, List.of(owner.created(bot), owner.started(bot), owner.trade(bot, 3)));
            api.get("/api/v1/bots/" + bot)
                    .statusCode(503)
                    .contentType(Problem.MEDIA_TYPE)
                    .body("type", equalTo("urn:everstate:problem:unavailable"))
                    .body("retryable", equalTo(true));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.readinessStatus()).isEqualTo(503));
        } finally {
            TestPlatform.shared().resume(Part.POSTGRES);
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.trades(bot)).containsExactly(3L));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.readinessStatus()).isEqualTo(200));
    }

    @Test
    void withoutTheLogItAnswersQueriesAndGoesOnByItself() {
        var bot = LOG.newBot(1);
        var owner = LOG.nextOwner(1);
        LOG.write(1, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> api.get("/api/v1/bots/" + bot).statusCode(200));
        TestPlatform.shared().pause(Part.KAFKA);
        try {
            assertThat(api.systemState().lag()).isEqualTo(-1);
            assertThat(api.readiness()).contains("the log does not answer");
            api.get("/api/v1/bots/" + bot).statusCode(200);
        } finally {
            TestPlatform.shared().resume(Part.KAFKA);
        }

        LOG.write(1, List.of(owner.trade(bot, 3)));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.trades(bot)).containsExactly(3L));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.readinessStatus()).isEqualTo(200));
    }
}
