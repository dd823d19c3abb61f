package io.everstate.bot.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.sample.PaperRun;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("GR3")
class RestoresTest {
    private static final BotId BOT = SampleBots.id(1);
    private static final RestoreRequest NEWEST = new RestoreRequest(null, null, null);

    @TempDir
    Path directory;

    private final SampleJson json = new SampleJson();
    private CheckpointStore store;
    private Restores restores;
    private BotState present;

    @BeforeEach
    void save() throws IOException {
        store = new CheckpointStore(directory, 5, json);
        restores = new Restores(store, json);
        for (var fills = 0; fills <= 3; fills++) {
            store.save(SampleBots.traded(BOT, fills));
        }
        present = SampleBots.then(SampleBots.traded(BOT, 3), new BotStopped(StopReason.COMMAND));
        store.save(present);
    }

    @Test
    void withoutASequenceItIsTheNewestBeforeThePresent() {
        var origin = restores.origin(present, NEWEST);

        assertThat(origin.state()).isEqualTo(SampleBots.traded(BOT, 3));
        assertThat(origin.passedOver()).isEmpty();
    }

    @Test
    @Tag("SF13")
    void aBrokenOneIsPassedOverAndNamed() throws IOException {
        breakFile(5);

        var origin = restores.origin(present, NEWEST);

        assertThat(origin.state()).isEqualTo(SampleBots.traded(BOT, 2));
        assertThat(origin.passedOver()).singleElement().asString().contains("checkpoint 5", "line of a checksum");
    }

    @Test
    void whenNoneVerifiesEachDefectIsNamed() throws IOException {
        for (var sequence = 2; sequence <= 5; sequence++) {
            breakFile(sequence);
        }

        assertProblem(() -> restores.origin(present, NEWEST), ProblemType.NOT_FOUND)
                .withMessageContaining("checkpoint 5 is not used")
                .withMessageContaining("checkpoint 2 is not used");
    }

    @Test
    void aBrokenOneThatIsAskedForIsRefused() throws IOException {
        breakFile(4);

        assertProblem(() -> restores.origin(present, new RestoreRequest(4L, null, null)), ProblemType.CORRUPT)
                .withMessageContaining("line of a checksum");
    }

    @Test
    void aStateFromElsewhereIsTakenWhenItIsThisBots() throws Exception {
        var old = SampleBots.traded(BOT, 1);

        var origin = restores.origin(present, new RestoreRequest(null, null, tree(old)));

        assertThat(origin.state()).isEqualTo(old);
    }

    @Test
    void aStateFromElsewhereOfAnotherBotIsInvalid() throws Exception {
        var other = tree(SampleBots.traded(SampleBots.id(2), 1));

        assertProblem(() -> restores.origin(present, new RestoreRequest(null, null, other)), ProblemType.INVALID)
                .withMessageContaining("state.id");
        assertProblem(() -> restores.origin(present, new RestoreRequest(3L, null, tree(present))), ProblemType.INVALID)
                .withMessageContaining("state");
    }

    @Test
    void aMarketThatTheBotDoesNotTradeIsInvalid() {
        assertProblem(() -> Restores.restored(present, present, "DOGE/MOON"), ProblemType.INVALID)
                .withMessageContaining("BTC/USD");
    }

    /** Before, the cash that a cycle had moved between the accounts of its markets was there twice, or not at all. */
    @Test
    void oneMarketOfATriangleDoesNotGoBackWithoutTheOthers() {
        var symbols = List.of("BTC/USD", "SIM/BTC", "SIM/USD");
        var triangle = SampleBots.created(
                BOT, PaperRun.configuration("triangular-arbitrage", Map.of("stake", Amount.of(100)), symbols));

        for (var symbol : symbols) {
            assertProblem(() -> Restores.restored(triangle, triangle, symbol), ProblemType.INVALID)
                    .withMessageContaining("symbol")
                    .withMessageContaining("BTC/USD, SIM/BTC, SIM/USD belong together");
        }
        assertThat(Restores.restored(triangle, triangle, null)).isEqualTo(triangle);
    }

    @Test
    void oneOfSeveralMarketsThatAreNoTriangleGoesBack() {
        var pair = SampleBots.created(
                BOT, PaperRun.configuration("sma-cross", Map.of(), List.of("BTC/USD", "ETH/USD", "SIM/USD")));

        assertThat(Restores.restored(pair, pair, "ETH/USD")).isEqualTo(pair);
    }

    @Test
    void theCommandIsMeantForAStoppedBotOnly() {
        var old = SampleBots.traded(BOT, 1);

        var command = Restores.command(old, null, "ann");

        assertThat(command.meant(SampleBots.traded(BOT, 3))).isFalse();
        assertThat(command.meant(null)).isFalse();
        assertThat(command.meant(present)).isTrue();
        assertThat(command.event(present))
                .isEqualTo(new CheckpointTaken("restore of event 3 by ann", present.goneBackTo(old, null)));
    }

    /** The log lost its end, and another store has more of the bot. */
    @Test
    void aStateThatKnowsMoreThanTheLogIsNumberedAboveAllThatItKnows() {
        var newer = SampleBots.traded(BOT, 30);
        var after = Restores.restored(present, newer, null);

        var command = Restores.beyondTheLog(present, after, newer, "ann");
        var unparking = Restores.unparking(present, after, newer, "ann");

        assertThat(Restores.isBeyondTheLog(present, newer)).isTrue();
        assertThat(Restores.isBeyondTheLog(newer, present)).isFalse();
        assertThat(command.above()).isGreaterThan(newer.sequence());
        assertThat(unparking.above()).isGreaterThan(newer.sequence());
        assertThat(command.meant(present)).isTrue();
        assertThat(command.meant(newer)).isFalse();
        assertThat(after.portfolio()).isEqualTo(newer.portfolio());
    }

    @Test
    void aRepetitionNeverHappensAgain() {
        assertThat(Restores.repetition().meant(present)).isFalse();
    }

    @Test
    void whatDiffersIsShownFieldByField() {
        var old = SampleBots.traded(BOT, 1);

        var differences = StateDifferences.between(present, Restores.restored(present, old, null));

        assertThat(differences)
                .contains(
                        new StateDifferences.Difference("trades", "3", "1"),
                        new StateDifferences.Difference("symbols.BTC/USD.position", "0.003", "0.001"),
                        new StateDifferences.Difference("symbols.BTC/USD.balance", "9999.7", "9999.9"))
                .extracting(StateDifferences.Difference::field)
                .doesNotContain("symbols.BTC/USD.entryPrice");
        assertThat(StateDifferences.between(present, present)).isEmpty();
    }

    private void breakFile(long sequence) throws IOException {
        Files.writeString(directory.resolve(BOT.toString()).resolve("%020d.checkpoint".formatted(sequence)), "nothing");
    }

    private JsonNode tree(BotState state) throws IOException {
        return json.read(json.write(state), JsonNode.class);
    }

    private static ThrowableAssertAlternative<ProblemException> assertProblem(ThrowingCallable call, ProblemType type) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call)
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(type));
    }
}
