package io.everstate.state.restore.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.Owner;
import io.everstate.state.log.ReadingTooLongException;
import io.everstate.state.past.Then;
import io.everstate.state.past.Then.Was;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private final BotId near = Owner.newBot();
    private final BotId far = Owner.newBot();
    private final List<List<BotId>> asked = new ArrayList<>();

    private Together together(List<BotId> bots, Function<List<BotId>, Map<BotId, Then>> question) {
        return new Together(() -> bots, wanted -> {
            asked.add(wanted);
            return question.apply(wanted);
        });
    }

    private static Map<BotId, Then> all(List<BotId> bots) {
        var was = new HashMap<BotId, Then>();
        bots.forEach(bot -> was.put(bot, new Was(Points.found(4))));
        return was;
    }

    /** What the archive says whose bot begins so far in front that it is not read in the time of one question. */
    private Map<BotId, Then> tooLongFor(List<BotId> bots) {
        if (bots.contains(far)) {
            throw new ReadingTooLongException("not in time");
        }
        return all(bots);
    }

    @Test
    void isAskedOnceForAll() {
        var together = together(List.of(near, far), TogetherTest::all);

        assertThat(List.of(together.of(near), together.of(far))).hasOnlyElementsOfType(Was.class);
        assertThat(asked).containsExactly(List.of(near, far));
    }

    @Test
    void whereAllTakeTooLongEachIsAskedForByItself() {
        var together = together(List.of(near, far), this::tooLongFor);

        assertThat(together.of(near)).isInstanceOf(Was.class);
        assertThatThrownBy(() -> together.of(far)).isInstanceOf(ReadingTooLongException.class);
        assertThat(asked).containsExactly(List.of(near, far), List.of(near), List.of(far));
    }

    @Test
    void whoIsExactAloneIsNotTakenForNearBecauseOfTheOthers() {
        var ladder = new Ladder((_, _) -> List.of());
        var together = together(List.of(near, far), this::tooLongFor);

        assertThat(ladder.exact(new CutRecords(near, together))).isPresent();
        assertThat(ladder.passedOver()).isEmpty();
        assertThat(ladder.exact(new CutRecords(far, together))).isEmpty();
        assertThat(ladder.passedOver()).containsExactly("not in time");
    }

    @Test
    void whoWasAloneIsNotAskedForTwice() {
        var together = together(List.of(far), this::tooLongFor);

        assertThatThrownBy(() -> together.of(far)).isInstanceOf(ReadingTooLongException.class);
        assertThat(asked).containsExactly(List.of(far));
    }

    @Test
    void whoNeedsWhatTookTooLongToBeKnownOfAllIsAskedForByItself() {
        var first = together(List.of(near, far), this::tooLongFor);
        var second = new Together(() -> List.copyOf(first.all().keySet()), TogetherTest::all);

        assertThat(second.of(near)).isInstanceOf(Was.class);
    }

    @Test
    void thatNobodyAnswersHoldsForAll() {
        var together = together(List.of(near, far), _ -> {
            throw new ProblemException(ProblemType.UNAVAILABLE, "nobody answers");
        });

        assertThatThrownBy(() -> together.of(near)).hasMessage("nobody answers");
        assertThatThrownBy(() -> together.of(far)).hasMessage("nobody answers");
        assertThat(asked).hasSize(1);
    }

    @Test
    void whoIsNotAmongTheAnswersIsAskedForAgainLater() {
        var together = together(List.of(near), TogetherTest::all);

        assertThatThrownBy(() -> together.of(far))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
    }
}
