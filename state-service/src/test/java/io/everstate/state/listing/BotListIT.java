package io.everstate.state.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.ManyBots;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.fleet.FleetFigures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotListIT {
    private static final int BOTS = 300;

    private static ManyBots bots;
    private static BotList list;

    @BeforeAll
    static void fill() {
        var database = TestDatabase.withTables();
        bots = new ManyBots(database).fill(BOTS, 0);
        list = new BotList(database.transactions(), new FleetFigures(), TestJson.format());
    }

    private static BotListRequest request(int limit, @Nullable String after, String sort) {
        return new BotListRequest(String.valueOf(limit), after, sort, null, null, null, null, List.of(), null);
    }

    /** Page by page; something happens between two pages. */
    private static List<String> walk(String sort, int limit, Runnable between) {
        var seen = new ArrayList<String>();
        String after = null;
        do {
            var page = list.page(request(limit, after, sort));
            page.items().forEach(bot -> seen.add(bot.id().toString()));
            after = page.next();
            between.run();
        } while (after != null);
        return seen;
    }

    @ParameterizedTest
    @CsvSource({
        "id, id",
        "-id, id desc",
        "name, 'name, id'",
        "-name, 'name desc, id desc'",
        "profit, 'profit, id'",
        "-profit, 'profit desc, id desc'",
        "trades, 'trades, id'",
        "-trades, 'trades desc, id desc'",
        "lastActivity, 'last_activity, id'",
        "-lastActivity, 'last_activity desc, id desc'"
    })
    void givesEveryBotOnceInOrder(String sort, String order) {
        assertThat(walk(sort, 7, () -> {})).isEqualTo(bots.ids(order));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givesEveryBotThatKeepsItsPlaceOnceWhileOthersChangeTheirs(long seed) {
        var random = new Random(seed);
        var all = bots.ids("profit desc, id desc");
        var changed = new HashSet<String>();

        var seen = walk("-profit", 1 + random.nextInt(20), () -> {
            for (int count = 0; count < 5; count++) {
                var bot = all.get(random.nextInt(all.size()));
                bots.earns(bot, BigDecimal.valueOf(random.nextInt(1000)));
                changed.add(bot);
            }
        });

        assertThat(seen.stream().filter(bot -> !changed.contains(bot)))
                .containsExactlyElementsOf(
                        all.stream().filter(bot -> !changed.contains(bot)).toList());
    }

    @Test
    void givesOnlyBotsOfWhichEverythingIsTrue() {
        var found = list.page(new BotListRequest(
                "500", null, "name", "RUNNING", "TRADING", "strategy 3", "false", List.of("env:test"), "desk=3"));

        // 3, 103 and 203 are of that strategy and desk; 3 is the one that runs
        assertThat(found.items()).hasSize(1);
        assertThat(found.items().getFirst().id().toString()).isEqualTo(idOf("bot 3"));
    }

    private static String idOf(String name) {
        return list.page(new BotListRequest(null, null, null, null, null, null, null, List.of(), "name=" + name))
                .items()
                .getFirst()
                .id()
                .toString();
    }
}
