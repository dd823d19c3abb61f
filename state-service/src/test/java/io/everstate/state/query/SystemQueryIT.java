package io.everstate.state.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.everstate.contracts.view.PartitionView;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.state.Owner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class SystemQueryIT extends Queries {
    @Test
    void sumsUpTheFleet() {
        trader(4);
        var bots = log.foldedBots().values();

        get("/api/v1/system-state")
                .statusCode(200)
                .body("bots", equalTo(bots.size()))
                .body("running", equalTo((int)
                        bots.stream().filter(bot -> bot.running()).count()))
                .body("trades", equalTo((int)
                        bots.stream().mapToLong(bot -> bot.portfolio().trades()).sum()))
                .body("lag", equalTo(0));
    }

    @Test
    @Tag("SF7")
    void saysWhatTheSystemIs() {
        trader(1);
        await().untilAsserted(() -> get("/api/v1/system-state").body("startedAt", notNullValue()));

        get("/api/v1/system-state")
                .statusCode(200)
                .body("version", not(emptyString()))
                .body("uptime", startsWith("PT"))
                .body("serverRestarts", equalTo(0))
                .body("byStatus.RUNNING", greaterThan(0))
                .body("byKind.TRADING", greaterThan(0))
                .body("defaultArbitrageBot", equalTo(false));
    }

    @Test
    @Tag("SF3")
    void namesTheConfigurationOfEachBot() {
        var bot = trader(1);
        var hash = Owner.configuration().hash();

        get("/api/v1/configurations?limit=500")
                .statusCode(200)
                .body("items.find { it.bot == '" + bot + "' }.version", equalTo(1))
                .body("items.find { it.bot == '" + bot + "' }.hash", equalTo(hash));
        get("/api/v1/configurations?limit=1").statusCode(200).body("items", hasSize(1));
    }

    @Test
    @Tag("SF8")
    void keepsAHistoryOfItsMetrics() {
        trader(1);

        await().untilAsserted(
                        () -> get("/api/v1/metrics-history").statusCode(200).body("points", hasSize(1)));
        get("/api/v1/metrics-history?hours=1&resolution=minute")
                .statusCode(200)
                .body("resolution", equalTo("MINUTE"))
                .body("points[0].memory", greaterThan(0))
                .body("missing", equalTo(0));
        wrong("/api/v1/metrics-history?hours=0", "hours");
        wrong("/api/v1/metrics-history?hours=many", "hours");
        wrong("/api/v1/metrics-history?hours=169&resolution=minute", "hours");
        wrong("/api/v1/metrics-history?resolution=second", "resolution");
    }

    @Test
    void givesAPartitionAsOneCut() {
        var bot = trader(2);
        var fold = log.fold().get(PARTITION);

        var view =
                get("/api/v1/partitions/" + PARTITION).statusCode(200).extract().as(PartitionView.class);

        assertThat(view.bots()).containsExactlyInAnyOrderElementsOf(fold.bots());
        assertThat(view.bots()).anyMatch(state -> state.id().equals(bot));
        assertThat(view.epoch()).isEqualTo(fold.epoch());
        assertThat(view.topicId()).hasSize(22);
    }
}
