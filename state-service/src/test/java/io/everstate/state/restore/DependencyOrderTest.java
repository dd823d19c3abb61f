package io.everstate.state.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("EC2")
class DependencyOrderTest {
    private static final int BOTS = 40;

    private final Map<BotId, List<BotId>> needs = new HashMap<>();

    private List<BotId> needsOf(BotId bot) {
        return needs.getOrDefault(bot, List.of());
    }

    private static List<BotId> bots(int count) {
        return Stream.generate(Owner::newBot).limit(count).toList();
    }

    @Test
    void withoutNeedsItIsTheOrderInWhichTheyWereGiven() {
        var bots = bots(5);

        assertThat(DependencyOrder.of(bots, this::needsOf)).containsExactlyElementsOf(bots);
    }

    @Test
    void whatIsNeededComesFirstAlsoByWayOfOneThatStays() {
        var bots = bots(3);
        needs.put(bots.get(0), List.of(bots.get(1)));
        needs.put(bots.get(1), List.of(bots.get(2)));

        assertThat(DependencyOrder.of(List.of(bots.get(0), bots.get(2)), this::needsOf))
                .containsExactly(bots.get(2), bots.get(0));
        assertThat(DependencyOrder.nearest(bots.get(0), Set.of(bots.get(0), bots.get(2)), this::needsOf))
                .containsExactly(bots.get(2));
    }

    @Test
    void aCircleIsRefusedAndNamed() {
        var bots = bots(4);
        needs.put(bots.get(0), List.of(bots.get(1)));
        needs.put(bots.get(1), List.of(bots.get(2)));
        needs.put(bots.get(2), List.of(bots.get(3)));
        needs.put(bots.get(3), List.of(bots.get(1)));

        assertThatThrownBy(() -> DependencyOrder.of(List.of(bots.get(0), bots.get(3)), this::needsOf))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT);
                    assertThat(problem.detail())
                            .endsWith("%s needs %s needs %s needs %s"
                                    .formatted(bots.get(1), bots.get(2), bots.get(3), bots.get(1)));
                });
    }

    @Test
    void oneBotAloneNeedsNoOrder() {
        var bot = Owner.newBot();
        needs.put(bot, List.of(bot));

        assertThat(DependencyOrder.of(List.of(bot), this::needsOf)).containsExactly(bot);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inAnyFleetWithoutACircleNobodyComesBeforeWhatItNeeds(long seed) {
        var random = new Random(seed);
        var bots = bots(BOTS);
        for (int i = 1; i < BOTS; i++) {
            var needed = new ArrayList<BotId>();
            for (int n = random.nextInt(4); n > 0; n--) {
                needed.add(bots.get(random.nextInt(i)));
            }
            needs.put(bots.get(i), needed);
        }
        var given = new ArrayList<>(bots);
        Collections.shuffle(given, random);

        var order = DependencyOrder.of(given, this::needsOf);

        assertThat(order).containsExactlyInAnyOrderElementsOf(bots);
        assertThat(order)
                .allSatisfy(bot -> assertThat(needsOf(bot))
                        .allSatisfy(needed -> assertThat(order.indexOf(needed)).isLessThan(order.indexOf(bot))));
    }
}
