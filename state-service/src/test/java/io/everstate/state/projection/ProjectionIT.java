package io.everstate.state.projection;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.view.PartitionView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.TestLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class ProjectionIT {
    private static final int PARTITION = 3;

    private final TestLog log = TestLog.of(Topics.BOT_EVENTS, 12);

    @Test
    @Tag("DC3")
    void foldsWhatAnOwnerWrites() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);

        log.write(PARTITION, List.of(owner.claim(), owner.created(bot), owner.started(bot), owner.trade(bot, 3)));

        await().untilAsserted(() ->
                assertThat(partition().bots()).contains(log.foldedBots().get(bot)));
        assertThat(partition().epoch()).isEqualTo(owner.epoch());
    }

    private static PartitionView partition() {
        return given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get("/api/v1/partitions/" + PARTITION)
                .then()
                .statusCode(200)
                .extract()
                .as(PartitionView.class);
    }
}
