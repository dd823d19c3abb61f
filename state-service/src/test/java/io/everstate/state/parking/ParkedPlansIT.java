package io.everstate.state.parking;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.ManyBots;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.WatchedStatements;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import org.junit.jupiter.api.Test;

class ParkedPlansIT {
    private static final int BOTS = 20_000;

    @Test
    void aPageOfParkedBotsReadsNoTableWholly() {
        var database = TestDatabase.withTables();
        var bot = BotId.of(new ManyBots(database).fill(BOTS, 0).ids("id").getFirst());
        var statements = new WatchedStatements(database.connections());
        var parked = new ParkedBots(new Transactions(statements.watched()), TestJson.format());

        parked.parked(new PageLimit(100), null);
        parked.parked(new PageLimit(100), bot);

        assertThat(statements.plans())
                .hasSize(2)
                .allSatisfy((sql, plan) -> assertThat(plan).as(sql).doesNotContain("Seq Scan"));
    }
}
