package io.everstate.state.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.Owner;
import io.everstate.state.SteppingClock;
import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GapHealingTest {
    private static final HealingConfiguration CONFIGURATION = TestConfiguration.of(
            HealingConfiguration.class,
            Map.of(
                    "everstate.healing.ask-every", "1s",
                    "everstate.healing.longest-pause", "4s",
                    "everstate.healing.attempts", "6"));

    private final SteppingClock clock = new SteppingClock();
    private final BotId bot = Owner.newBot();
    private final List<Long> asked = new ArrayList<>();
    private @Nullable ProblemType answer;
    private long second;
    private final List<String> told = new ArrayList<>();
    private long silentUntil;
    private long answeredAt = -1;

    /** @return the seconds at which the owner was asked */
    private List<Long> askedWithin(long seconds, List<BotId> missing) {
        var healing = new GapHealing(this::ask, this::tell, this::tellSilence, CONFIGURATION, clock);
        for (second = 0; second < seconds; second++) {
            heal(healing, missing);
            clock.advance(Duration.ofSeconds(1));
        }
        return asked;
    }

    private void heal(GapHealing healing, List<BotId> missing) {
        if (second > 0 && second < silentUntil) {
            assertThatThrownBy(() -> healing.heal(missing)).isInstanceOf(ProblemException.class);
        } else {
            healing.heal(missing);
        }
    }

    private void ask(BotId wanted) {
        assertThat(wanted).isEqualTo(bot);
        asked.add(second);
        if (answer != null && second != answeredAt) {
            throw new ProblemException(answer, "no");
        }
    }

    private void tell(BotId wanted, String why) {
        assertThat(wanted).isEqualTo(bot);
        if (second < silentUntil) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the database is away");
        }
        told.add(second + ": " + why);
    }

    private void tellSilence(BotId wanted, String why) {
        tell(wanted, "asked in vain: " + why);
    }

    @Test
    void asksWithGrowingPausesAndNotForEver() {
        answer = ProblemType.CONFLICT;

        assertThat(askedWithin(100, List.of(bot))).containsExactly(0L, 1L, 3L, 7L, 11L, 15L);
        assertThat(told).containsExactly("16: no");
    }

    @Test
    void asksForAsLongAsNobodyAnswers() {
        answer = ProblemType.UNAVAILABLE;

        assertThat(askedWithin(100, List.of(bot))).hasSize(27);
    }

    @Test
    void tellsOnceThatNobodyAnswersForLong() {
        answer = ProblemType.UNAVAILABLE;

        askedWithin(100, List.of(bot));

        assertThat(told).containsExactly("16: asked in vain: no");
    }

    @Test
    void tellsOfTheNextLongSilenceToo() {
        answer = ProblemType.UNAVAILABLE;
        answeredAt = 15;

        askedWithin(100, List.of(bot));

        assertThat(told).containsExactly("40: asked in vain: no");
    }

    @Test
    void asksAgainUntilTheCheckpointIsRead() {
        assertThat(askedWithin(4, List.of(bot))).containsExactly(0L, 1L, 3L);
        assertThat(told).isEmpty();
    }

    @Test
    void tellsThatAnOwnerAnswersAndItsCheckpointDoesNotCome() {
        assertThat(askedWithin(100, List.of(bot))).hasSize(6);
        assertThat(told).containsExactly("16: it answered, and no checkpoint came");
    }

    @Test
    void asksOnceForABotThatItsOwnerDoesNotKnow() {
        answer = ProblemType.NOT_FOUND;

        assertThat(askedWithin(100, List.of(bot))).containsExactly(0L);
        assertThat(told).containsExactly("1: no");
    }

    @Test
    void tellsLaterWhatCannotBeToldNow() {
        answer = ProblemType.NOT_FOUND;
        silentUntil = 7;

        assertThat(askedWithin(100, List.of(bot))).containsExactly(0L);
        assertThat(told).containsExactly("7: no");
    }

    @Test
    void asksNobodyWhenNothingIsMissing() {
        assertThat(askedWithin(100, List.of())).isEmpty();
    }

    @Test
    void beginsAnewWithTheNextGap() {
        answer = ProblemType.NOT_FOUND;
        var healing = new GapHealing(this::ask, this::tell, this::tellSilence, CONFIGURATION, clock);

        healing.heal(List.of(bot));
        healing.heal(List.of());
        healing.heal(List.of(bot));

        assertThat(asked).hasSize(2);
    }
}
