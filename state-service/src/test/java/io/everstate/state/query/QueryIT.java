package io.everstate.state.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.Problem;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class QueryIT extends Queries {
    @Test
    void answersOneBotAsTheFoldHasIt() {
        var bot = trader(3);

        var answer = get("/api/v1/bots/" + bot).statusCode(200).extract().asByteArray();

        assertThat(TestJson.format().read(answer, BotState.class))
                .isEqualTo(log.foldedBots().get(bot));
    }

    @Test
    void readsItsOwnWrites() {
        var bot = trader(1);
        var owner = new Owner(log.fold().get(PARTITION).epoch());

        LongStream.range(4, 24).forEach(sequence -> {
            log.write(PARTITION, List.of(owner.trade(bot, sequence)));
            get("/api/v1/bots/" + bot + "?atLeast=" + sequence).statusCode(200).body("sequence", equalTo((int)
                    sequence));
        });
        log.write(PARTITION, List.of(owner.trade(bot, 24)));
        get("/api/v1/bots/" + bot + "/trades?after=23&atLeast=24")
                .statusCode(200)
                .body("items.sequence", contains(24));
        log.write(PARTITION, List.of(owner.trade(bot, 25)));
        get("/api/v1/bots/" + bot + "/events?after=24&atLeast=25")
                .statusCode(200)
                .body("items.sequence", contains(25));
    }

    @Test
    void waitsForTheFirstEventOfABotThatItDoesNotKnowYet() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(bot)));

        get("/api/v1/bots/" + bot + "?atLeast=1").statusCode(200).body("sequence", equalTo(1));
    }

    @Test
    void saysWhenAnEventDoesNotCome() {
        for (var path : List.of("", "/trades", "/events")) {
            get("/api/v1/bots/" + trader(1) + path + "?atLeast=99")
                    .statusCode(503)
                    .contentType(Problem.MEDIA_TYPE)
                    .header("Retry-After", "1")
                    .body("retryable", equalTo(true))
                    .body("detail", startsWith("event 99 of bot"));
        }
    }

    @Test
    void filtersAndSortsBotsByWhatTheFoldKnowsOfThem() {
        var quiet = trader(1);
        var busy = trader(9);
        var filter = "/api/v1/bots?limit=500&kind=TRADING&strategy=sma-cross&emergency=false&selector=name=test";

        List<String> byTrades =
                get(filter + "&sort=-trades").statusCode(200).extract().path("items.id");
        List<String> byActivity =
                get(filter + "&sort=lastActivity").statusCode(200).extract().path("items.id");

        assertThat(byTrades.indexOf(busy.toString())).isNotNegative().isLessThan(byTrades.indexOf(quiet.toString()));
        assertThat(byActivity.indexOf(quiet.toString()))
                .isNotNegative()
                .isLessThan(byActivity.indexOf(busy.toString()));
    }

    @Test
    void filtersBotsByTheirLabels() {
        var labelled = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.createdWith(labelled, Map.of("env", "prod", "desk", "7"))));
        stored(labelled, 1);

        for (var filter :
                List.of("label=desk:7&label=env:prod", "selector=desk=7,env=prod", "selector=status=STOPPED,desk=7")) {
            get("/api/v1/bots?" + filter).statusCode(200).body("items.id", contains(labelled.toString()));
        }
        get("/api/v1/bots?label=desk:7&label=env:test").statusCode(200).body("items", empty());
    }

    @Test
    void givesTradesPageByPage() {
        var bot = trader(5);

        get("/api/v1/bots/" + bot + "/trades?limit=2")
                .statusCode(200)
                .body("items.sequence", contains(3, 4))
                .body("next", equalTo("4"));

        get("/api/v1/bots/" + bot + "/trades?limit=3&after=4")
                .statusCode(200)
                .body("items.sequence", contains(5, 6, 7))
                .body("next", nullValue());
    }

    @Test
    void givesTheLegsOfCyclesPageByPageWithoutLeavingOneOut() {
        var bot = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        log.write(
                PARTITION,
                List.of(
                        owner.claim(),
                        owner.createdTriangle(bot),
                        owner.started(bot),
                        owner.cycle(bot, 3),
                        owner.cycle(bot, 4)));
        stored(bot, 4);

        get("/api/v1/bots/" + bot + "/trades?limit=2")
                .statusCode(200)
                .body("items.leg", contains(1, 2))
                .body("next", equalTo("3.2"));

        get("/api/v1/bots/" + bot + "/trades?limit=2&after=3.2")
                .statusCode(200)
                .body("items.sequence", contains(3, 4))
                .body("items.leg", contains(3, 1))
                .body("next", equalTo("4.1"));

        get("/api/v1/bots/" + bot + "/trades?after=3").statusCode(200).body("items.leg", contains(1, 2, 3));
    }

    @Test
    void givesBotsPageByPageWithoutLeavingOneOut() {
        trader(1);
        trader(1);
        trader(1);
        var seen = new ArrayList<String>();

        for (String after = null; ; ) {
            var page = get("/api/v1/bots?limit=1" + (after == null ? "" : "&after=" + after))
                    .statusCode(200);
            seen.addAll(page.extract().<List<String>>path("items.id"));
            after = page.extract().path("next");
            if (after == null) {
                break;
            }
        }

        var all =
                log.foldedBots().keySet().stream().map(BotId::toString).sorted().toList();
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void filtersBotsByTheirStatus() {
        var running = trader(1);
        var stopped = log.newBot(PARTITION);
        var owner = log.nextOwner(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(stopped)));
        stored(stopped, 1);

        get("/api/v1/bots?status=STOPPED&limit=500")
                .body("items.id", hasItem(stopped.toString()))
                .body("items.id", not(hasItem(running.toString())))
                .body("items.lifecycle.status", everyItem(equalTo("STOPPED")));
    }

    @Test
    void givesABotAsItWas() {
        var bot = trader(6);
        var path = "/api/v1/bots/" + bot;

        get(path + "?sequence=5").statusCode(200).body("sequence", equalTo(5)).body("portfolio.trades", equalTo(3));
        get(path + "?at=2026-01-01T00:00:04Z").statusCode(200).body("sequence", equalTo(4));
        get(path + "?at=2030-01-01T00:00:00Z").statusCode(200).body("sequence", equalTo(8));
        get(path + "?sequence=9").statusCode(404).body("detail", equalTo("the newest event of bot " + bot + " is 8"));
        get(path + "?at=2025-12-31T23:59:59Z").statusCode(404).body("detail", startsWith("there was no bot " + bot));
    }

    @Test
    void givesABotAsItWasFromTheNearestSnapshot() {
        var bot = trader(6);
        as("operator")
                .contentType("application/json")
                .body("{\"kind\":\"FULL\"}")
                .post("/api/v1/snapshots")
                .then()
                .statusCode(201)
                .body("valid", equalTo(true));
        var owner = new Owner(log.fold().get(PARTITION).epoch());
        log.write(PARTITION, List.of(owner.trade(bot, 9), owner.trade(bot, 10)));
        var path = "/api/v1/bots/" + bot;

        get(path + "?sequence=9&atLeast=10").statusCode(200).body("sequence", equalTo(9));
        get(path + "?sequence=8").statusCode(200).body("sequence", equalTo(8));
        get(path + "?sequence=4").statusCode(200).body("sequence", equalTo(4));
    }

    @Test
    void listsTheEventsOfABot() {
        var bot = trader(3);
        var owner = new Owner(log.fold().get(PARTITION).epoch());
        log.write(
                PARTITION,
                List.of(owner.trade(bot, 5), new Owner(owner.epoch() - 1).trade(bot, 6), owner.trade(bot, 6)));
        stored(bot, 6);

        get("/api/v1/bots/" + bot + "/events?limit=2")
                .statusCode(200)
                .body("items.sequence", contains(1, 2))
                .body("items[0].type", equalTo("io.everstate.bot.bot-created.v1"))
                .body("items[0].time", equalTo("2026-01-01T00:00:01Z"))
                .body("items[0].source", equalTo("/everstate/bot-service/test"))
                .body("items[0].data.configuration.name", equalTo("test"))
                .body("next", equalTo("2"));

        get("/api/v1/bots/" + bot + "/events?after=4")
                .statusCode(200)
                .body("items.sequence", contains(5, 6))
                .body("items.epoch", everyItem(equalTo((int) owner.epoch())))
                .body("next", nullValue());
        get("/api/v1/bots/" + bot + "/events?after=6").statusCode(200).body("items", empty());
    }

    @Test
    void givesAllTradesAsCsv() {
        var bot = trader(1100); // more than two pieces
        var path = "/api/v1/bots/" + bot + "/trades";

        for (var answer : List.of(
                as("viewer").accept("text/csv").get(path),
                as("viewer").accept("*/*").get(path + ".csv"))) {
            var lines = answer.then()
                    .statusCode(200)
                    .contentType(startsWith("text/csv"))
                    .extract()
                    .asString()
                    .split("\r\n");
            assertThat(lines).hasSize(1101);
            assertThat(lines[0]).startsWith("sequence,leg,at,");
            assertThat(lines[1]).isEqualTo("3,0,2026-01-01T00:00:03Z,BTC/USD,BUY,0.5,103,0.05,-0.05,3");
            assertThat(lines[1100]).startsWith("1102,");
        }
        as("viewer").accept("*/*").get(path + "?limit=1").then().contentType("application/json");
        as("viewer").accept("text/csv").get(path + "?after=1101").then().body(startsWith("sequence,"));
        as("viewer")
                .accept("text/csv")
                .get("/api/v1/bots/" + Owner.newBot() + "/trades")
                .then()
                .statusCode(404)
                .contentType(Problem.MEDIA_TYPE);
    }

    @Test
    @Tag("PT5")
    void showsABotToPeople() {
        var bot = trader(3);
        var path = "/api/v1/bots/" + bot;

        var sheet = get(path + "/view")
                .statusCode(200)
                .contentType(startsWith("text/plain"))
                .extract()
                .asString();

        assertThat(sheet)
                .contains(
                        "Bot " + bot + " (test)",
                        "Last event:          5 at 2026-01-01T00:00:05Z",
                        "Session started:     2026-01-01T00:00:02Z",
                        "Initial balance:     100000",
                        "Emergency stop:      no",
                        "\nBTC/USD\n",
                        "Balance:             ",
                        "Position:            0.5",
                        "Entry price:         105",
                        "Total trades:        3",
                        "Total fees:          0.15",
                        "Current price:       105")
                .containsPattern("Portfolio: +[0-9.]+ \\([+-][0-9.]+ %\\)");
        as("viewer").accept("text/plain").get(path).then().statusCode(200).body(equalTo(sheet));
        get(path + "/view?sequence=4").statusCode(200).body(containsString("Last event:          4 at"));
        get("/api/v1/bots/" + Owner.newBot() + "/view").statusCode(404).contentType(Problem.MEDIA_TYPE);
    }
}
