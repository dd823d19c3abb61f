package io.everstate.bot.external;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.BotConfigured;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    private final Map<BotId, BotState> fleet = new HashMap<>();

    @Test
    void areBotsThatThereAre() {
        add(1);
        add(2, 1);

        assertThat(violation(3, 1, 2)).isEmpty();
        assertThat(violation(3, 1, 9))
                .hasValueSatisfying(wrong -> assertThat(wrong.message()).contains("names bot " + SampleBots.id(9)));
    }

    @Test
    void areNeverTheBotItselfNorTheSameTwice() {
        add(1);

        assertThat(violation(1, 1)).isPresent();
        assertThat(violation(2, 1, 1)).isPresent();
        assertThat(violation(99, IntStream.rangeClosed(1, 21).toArray())).isPresent();
    }

    @Test
    void makeNoCircleOfAnyLength() {
        add(1);
        add(2, 1);
        add(3, 2);
        add(4, 3);

        assertThat(violation(1, 4))
                .hasValueSatisfying(wrong -> assertThat(wrong.message())
                        .contains("circle", SampleBots.id(2).toString()));
        assertThat(violation(4, 3, 1)).isEmpty();
    }

    @Test
    void endAtABotThatWasDeletedSince() {
        add(1, 50);

        assertThat(violation(2, 1)).isEmpty();
    }

    @Test
    void endInACircleOfOthers() {
        add(1, 2);
        add(2, 1);

        assertThat(violation(3, 1)).isEmpty();
    }

    private Optional<Violation> violation(int bot, int... needed) {
        return Dependencies.violation(SampleBots.id(bot), ids(needed), id -> Optional.ofNullable(fleet.get(id)));
    }

    private void add(int bot, int... needed) {
        var configuration = new BotConfiguration(
                "b",
                "x",
                List.of(),
                Amount.ZERO,
                Amount.ZERO,
                Map.of(),
                RestartPolicy.MANUAL,
                null,
                Map.of(),
                ids(needed));
        fleet.put(
                SampleBots.id(bot),
                SampleBots.then(
                        SampleBots.runningElsewhere(SampleBots.id(bot)), new BotConfigured(configuration, "me")));
    }

    private static List<BotId> ids(int... numbers) {
        return IntStream.of(numbers).mapToObj(SampleBots::id).toList();
    }
}
