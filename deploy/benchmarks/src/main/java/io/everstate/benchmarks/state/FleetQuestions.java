package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.place.Rest;
import io.everstate.contracts.bot.BotId;
import java.io.PrintStream;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What is asked of a state-service about all of its bots; and beside it, in turn with them, what nothing can be faster than: a page in the order
 * of an index, whose states are as large, and of the database alone a count of the rows and one row by its key.
 */
final class FleetQuestions {

    private static final double SUMS_MILLISECONDS = 100;
    private static final double PAGE_MILLISECONDS = 50;
    private static final int PAGES_IN_FRONT_OF_THE_DEEP_ONE = 100;
    private static final String BY_PROFIT = "sort=-profit";

    private final FoldingService service;
    private final List<BotId> bots;
    private final Rest rest = new Rest();
    private final Random random = new Random(7);
    private final List<Question> sums;
    private final List<Question> pages;
    private final List<Question> peers;

    /** Goes half through the list of all bots, so that it can ask for a page there. */
    FleetQuestions(FoldingService service, List<BotId> bots) {
        this.service = service;
        this.bots = bots;
        this.sums = List.of(new Question("system-state", () -> get("/api/v1/system-state")));
        this.pages = List.of(
                page("list-by-profit", BY_PROFIT),
                page("list-by-trades", "sort=-trades"),
                page("list-by-last-activity", "sort=-lastActivity"),
                page("list-by-profit-deep", BY_PROFIT + "&after=" + deep()),
                page("list-by-profit-of-all-that-run", BY_PROFIT + "&status=RUNNING"),
                page("list-by-profit-of-a-label", BY_PROFIT + "&label=env:prod"));
        this.peers = List.of(
                page("a page by id", "sort=id"),
                new Question("select count(*) from bots", () -> read("select count(*) from bots")),
                new Question("one row by its key", () -> read("select state from bots where id = '" + any() + "'")));
    }

    private Question page(String name, String parameters) {
        return new Question(name, () -> get("/api/v1/bots?" + parameters));
    }

    private String deep() {
        String after = "";
        for (int page = 0; page < PAGES_IN_FRONT_OF_THE_DEEP_ONE; page++) {
            after = Rest.json(get("/api/v1/bots?limit=500&" + BY_PROFIT + (after.isEmpty() ? "" : "&after=" + after)))
                    .path("next")
                    .asText();
        }
        return after;
    }

    private String get(String path) {
        URI url = service.server().url(path);
        return rest.get(url, service.server().token()).join();
    }

    private void read(String sql) throws SQLException {
        Connection connection = service.fleet().connection();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new IllegalStateException("nothing is found by " + sql);
            }
        }
    }

    private BotId any() {
        return bots.get(random.nextInt(bots.size()));
    }

    private List<Question> all() {
        return Stream.of(sums, pages, peers).flatMap(List::stream).toList();
    }

    /** Each once, one after another, so many times; it does not count. */
    void warmUp(int turns) {
        ask(turns);
        all().forEach(Question::forget);
    }

    void round(int turns, PrintStream out) {
        ask(turns);
        all().forEach(question -> out.println("  " + question.endRound()));
    }

    private void ask(int turns) {
        for (int turn = 0; turn < turns; turn++) {
            all().forEach(Question::ask);
        }
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        sums.forEach(question -> figures.add(question.figure(Goal.atMost(SUMS_MILLISECONDS))));
        pages.forEach(question -> figures.add(question.figure(Goal.atMost(PAGE_MILLISECONDS))));
        return figures;
    }
}
