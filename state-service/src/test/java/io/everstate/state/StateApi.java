package io.everstate.state;

import static io.restassured.RestAssured.given;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.view.PartitionView;
import io.everstate.contracts.view.SystemStateView;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.restassured.common.mapper.TypeRef;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state-service process asked as an operator asks it. */
public record StateApi(ServiceProcess process) {
    private record Pages<T>(List<T> items, @Nullable String next) {}

    public ValidatableResponse get(String path) {
        return given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get(process.url().resolve(path))
                .then();
    }

    /** As an operator; an empty body is none. */
    public ValidatableResponse post(String path, String body) {
        return post(path, body, given());
    }

    /** The same with an idempotency key. */
    public ValidatableResponse post(String path, String body, String key) {
        return post(path, body, given().header("Idempotency-Key", key));
    }

    private ValidatableResponse post(String path, String body, RequestSpecification begun) {
        var request = begun.auth().oauth2(TestIdentity.shared().token("operator"));
        return (body.isEmpty()
                        ? request
                        : request.contentType("application/json").body(body))
                .post(process.url().resolve(path))
                .then();
    }

    public SystemStateView systemState() {
        return get("/api/v1/system-state").statusCode(200).extract().as(SystemStateView.class);
    }

    public PartitionView partition(int partition) {
        return get("/api/v1/partitions/" + partition).statusCode(200).extract().as(PartitionView.class);
    }

    /** All bots, page by page. */
    public List<BotState> bots() {
        var bots = new ArrayList<BotState>();
        for (var after = ""; after != null; ) {
            var page = get("/api/v1/bots?limit=500" + (after.isEmpty() ? "" : "&after=" + after))
                    .statusCode(200)
                    .extract()
                    .as(new TypeRef<Pages<BotState>>() {});
            bots.addAll(page.items());
            after = page.next();
        }
        return bots;
    }

    /** Sequences of all trades of a bot, page by page. */
    public List<Long> trades(BotId bot) {
        return trades(bot, 0);
    }

    /** The same of those behind this sequence. */
    public List<Long> trades(BotId bot, long known) {
        var trades = new ArrayList<Long>();
        for (var after = Long.toString(known); after != null; ) {
            var page = get("/api/v1/bots/" + bot + "/trades?limit=500&after=" + after)
                    .statusCode(200)
                    .extract()
                    .as(new TypeRef<Pages<Trade>>() {});
            page.items().forEach(trade -> trades.add(trade.sequence()));
            after = page.next();
        }
        return trades;
    }

    /** The readiness answer, up or down. */
    public String readiness() {
        return given().get(process.managementUrl().resolve("/q/health/ready")).asString();
    }

    /** The sum of a metric over all its labels, or over those that begin as the name does. */
    public double metric(String name) {
        return given().get(process.managementUrl().resolve("/q/metrics"))
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .filter(line -> name.contains("{") || " {".indexOf(line.charAt(name.length())) >= 0)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public int readinessStatus() {
        return given().get(process.managementUrl().resolve("/q/health/ready")).statusCode();
    }
}
