package io.everstate.state.projection;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.view.PartitionView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.Owner;
import io.everstate.state.TestLog;
import io.everstate.state.fold.SkipCounts;
import io.everstate.state.platform.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class ProjectionIT {
    private static final int PARTITION = 3;

    private final TestLog log = TestLog.of(Topics.BOT_EVENTS, 12);

    @Inject
    Transactions transactions;

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

    @Test
    void countsWhatDoesNotCountInThePartitionsRow() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        var before = skipped();

        log.write(
                PARTITION,
                List.of(
                        owner.claim(),
                        owner.created(bot),
                        owner.started(bot),
                        owner.claim(), // stale
                        new Owner(owner.epoch() + 5).trade(bot, 3), // fenced: that epoch was never claimed
                        owner.started(bot), // duplicate
                        owner.trade(bot, 9), // gap
                        owner.record(bot, 3, new BotStarted()), // refused: it runs already
                        owner.trade(bot, 3)));

        await().untilAsserted(() -> assertThat(skipped())
                .isEqualTo(new SkipCounts(
                        before.staleClaims() + 1,
                        before.fenced() + 1,
                        before.duplicates() + 1,
                        before.gaps() + 1,
                        before.refused() + 1,
                        before.parked())));
        assertThat(partition().bots()).contains(log.foldedBots().get(bot));
    }

    private SkipCounts skipped() {
        return transactions.read(connection -> {
            try (var statement =
                    connection.prepareStatement("select * from partition_offsets where partition = " + PARTITION)) {
                try (var row = statement.executeQuery()) {
                    return row.next()
                            ? new SkipCounts(
                                    row.getLong("stale_claims"),
                                    row.getLong("fenced"),
                                    row.getLong("duplicates"),
                                    row.getLong("gaps"),
                                    row.getLong("refused"),
                                    row.getLong("parked"))
                            : SkipCounts.NONE;
                }
            }
        });
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
