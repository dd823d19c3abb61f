package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.client.Bots;
import io.everstate.cli.client.Bots.NewBot;
import io.everstate.cli.client.Services;
import io.everstate.cli.tour.Comparison;
import io.everstate.cli.tour.Ledger;
import io.everstate.cli.tour.LedgerKeeper;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Trade;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ten bots that trade often, and the ledger of the trades that bot-service acknowledged to the outside. */
final class TradingFleet implements AutoCloseable {

    private static final List<NewBot> STRATEGIES = List.of(
            bot("trend", "sma-cross", Map.of("fast", "2", "slow", "5")),
            bot("slow-trend", "sma-cross", Map.of("fast", "5", "slow", "15")),
            bot("reversion", "rsi-reversion", Map.of("period", "5", "oversold", "40", "overbought", "60")),
            bot("bands", "bollinger", Map.of("period", "10", "deviations", "1")),
            bot("wide-bands", "bollinger", Map.of("period", "20", "deviations", "1")));
    private static final int BOTS = 10;

    private final Bots bots;
    private final Ledger ledger = new Ledger();
    private final List<BotId> ids;
    private final LedgerKeeper keeper;

    private TradingFleet(Bots bots, List<BotId> ids) {
        this.bots = bots;
        this.ids = List.copyOf(ids);
        this.keeper = new LedgerKeeper(bots, ledger);
    }

    static TradingFleet start(Services services) {
        Bots bots = new Bots(services);
        List<BotId> ids = IntStream.range(0, BOTS)
                .mapToObj(number -> STRATEGIES.get(number % STRATEGIES.size()))
                .map(wanted -> started(bots, wanted))
                .toList();
        return new TradingFleet(bots, ids);
    }

    private static BotId started(Bots bots, NewBot wanted) {
        BotId id = bots.create(wanted).id();
        bots.start(id.toString());
        return id;
    }

    private static NewBot bot(String name, String strategy, Map<String, String> parameters) {
        Map<String, Amount> amounts = parameters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, parameter -> Amount.of(parameter.getValue())));
        return new NewBot(name, strategy, List.of("BTC/USD"), Amount.of(100_000), amounts, RestartPolicy.RESUME, null);
    }

    /** How many trades are acknowledged. */
    int trades() {
        return ledger.size();
    }

    /** How many trades of each bot are acknowledged. */
    Map<BotId, Integer> tradesOfEach() {
        Map<BotId, List<Trade>> trades = ledger.trades();
        return ids.stream()
                .collect(Collectors.toMap(
                        id -> id, id -> trades.getOrDefault(id, List.of()).size()));
    }

    /** Fails while bot-service shows a bot that does not run. What it showed then is in the ledger. */
    void requireAllRunning() {
        assertThat(keeper.newest().stream().filter(BotState::running).map(BotState::id))
                .as("bots that run")
                .containsAll(ids);
    }

    /** Fails while a bot does not run or has no more trades than before. */
    void requireMoreOfEach(Map<BotId, Integer> before) {
        requireAllRunning();
        Map<BotId, Integer> now = tradesOfEach();
        assertThat(ids)
                .allSatisfy(id ->
                        assertThat(now.get(id)).as("trades of bot %s", id).isGreaterThan(before.getOrDefault(id, 0)));
    }

    /** How often bot-service lost each bot's owner while it ran. */
    Map<BotId, Integer> restartsOfEach() {
        return bots.all().stream()
                .collect(Collectors.toMap(
                        BotState::id, state -> state.lifecycle().restarts()));
    }

    /** Fails unless state-service has every acknowledged trade once and as it was acknowledged. */
    void requireEveryTradeOnce() {
        assertThat(ledger.contradictions()).as("what bot-service took back").isEmpty();
        Map<BotId, List<Trade>> acknowledged = ledger.trades();
        assertThat(acknowledged.keySet()).containsAll(ids);
        Map<BotId, List<Trade>> recorded = new HashMap<>();
        ids.forEach(id -> recorded.put(id, bots.recordedTrades(id)));
        Comparison comparison = Comparison.of(acknowledged, recorded);
        assertThat(comparison.lost())
                .as("lost of %s", comparison.acknowledged())
                .isEmpty();
        assertThat(comparison.doubled()).as("doubled").isEmpty();
        recorded.forEach((id, trades) -> assertThat(trades.stream().map(Trade::sequence))
                .as("numbers of bot %s", id)
                .isSorted()
                .doesNotHaveDuplicates());
    }

    @Override
    public void close() {
        keeper.close();
    }
}
