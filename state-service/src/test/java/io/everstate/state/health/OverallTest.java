package io.everstate.state.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.view.ComponentView;
import io.everstate.contracts.view.HealthView.Bots;
import io.everstate.contracts.view.HealthView.Due;
import io.everstate.state.health.Round.Scored;
import io.everstate.state.health.TrackedComponents.Fleet;
import io.everstate.state.health.look.Component;
import io.everstate.state.health.look.Component.Kind;
import io.everstate.state.health.look.Observation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("EC13")
class OverallTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Component KAFKA = new Component(Kind.DEPENDENCY, "kafka", "kafka", true);
    private static final Component BACKUP = new Component(Kind.SERVICE, "backup-service", "backup-service", false);
    private static final Component ONE = new Component(Kind.SERVICE, "bot-service 1", "bot-service", true);
    private static final Component TWO = new Component(Kind.SERVICE, "bot-service 2", "bot-service", true);

    private static Scored scored(Component component, int score) {
        var reason = score == 100 ? null : component.id() + " is ill";
        return new Scored(component, view(component.kind().name(), component.id(), score, reason));
    }

    private static ComponentView view(String kind, String id, int score, @Nullable String reason) {
        return new ComponentView(kind, id, id, score, reason, null, null, null, 0, NOON);
    }

    private static Round round(Scored... components) {
        return new Round(NOON, List.of(components), Due.unknown("not asked"));
    }

    private static Fleet fleet(long count, int mean, ComponentView... worst) {
        return new Fleet(new Bots(count, mean, worst.length), List.of(worst));
    }

    @Test
    void allWellIsAllThereIs() {
        var round = round(scored(KAFKA, 100), scored(BACKUP, 100), scored(ONE, 100));

        assertThat(Overall.percent(round, fleet(0, 100))).isEqualTo(100);
        assertThat(Overall.worst(round, fleet(0, 100), 3)).isEmpty();
    }

    @ParameterizedTest(name = "kafka {0}, backup {1}, bot-service {2} and {3}, bots {4}: {5}")
    @CsvSource({
        "0, 100, 100, 100, 100, 0",
        "100, 0, 100, 100, 100, 50",
        "100, 100, 0, 100, 100, 50",
        "100, 100, 100, 100, 40, 40",
        "50, 50, 100, 50, 80, 23",
        "99, 100, 100, 100, 100, 99"
    })
    void isTheProductOfWhatThePartsLeave(int kafka, int backup, int one, int two, int bots, int percent) {
        var round = round(scored(KAFKA, kafka), scored(BACKUP, backup), scored(ONE, one), scored(TWO, two));

        assertThat(Overall.percent(round, fleet(10, bots))).isEqualTo(percent);
    }

    @Test
    void nothingKnownOfTheBotsCountsNeitherWay() {
        assertThat(Overall.percent(round(scored(KAFKA, 70)), null)).isEqualTo(70);
    }

    @Test
    @Tag("EC11")
    void namesThreeThatTakeMostAway() {
        var round = round(scored(BACKUP, 0), scored(KAFKA, 40), scored(ONE, 99));
        var fleet = fleet(2, 50, view("BOT", "b1", 0, "it is in emergency stop"));

        assertThat(Overall.worst(round, fleet, 3))
                .containsExactly("kafka is ill", "backup-service is ill", "bot b1 (b1): it is in emergency stop");
    }

    @ParameterizedTest(name = "condition {0}, reliability {1}, lag {2}: {3}")
    @CsvSource({
        "1, 1, 0, 100",
        "1, 1, 100, 100",
        "1, 1, 550, 50",
        "1, 1, 1000, 0",
        "1, 1, 100000, 0",
        "1, 1, 101, 99",
        "0.5, 1, 0, 50",
        "0, 0.875, 0, 0",
        "1, 0.875, 0, 88",
        "1, 0.999, 0, 99"
    })
    void aScoreIsTheLowestOfItsRatios(double condition, double reliability, long lag, int score) {
        var observation = new Observation(KAFKA, condition, null, null, lag);

        assertThat(Score.of(observation, reliability, 100)).isEqualTo(score);
    }

    @Test
    void whoFailedOnceIsTrustedAgainByAndBy() {
        var reliability = new Reliability();
        var away = new Observation(KAFKA, 0, "does not answer", null, null);
        var well = new Observation(KAFKA, 1, null, null, null);
        reliability.learn(List.of(well), NOON);
        reliability.learn(List.of(away), NOON.plusSeconds(1));

        assertThat(reliability.of(away).reliability()).isEqualTo(0.875);
        assertThat(reliability.of(away).answered()).isEqualTo(NOON);
        assertThat(reliability.of(away).failures()).isOne();
        for (int look = 2; look < 40; look++) {
            reliability.learn(List.of(well), NOON.plusSeconds(look));
        }
        assertThat(reliability.of(well).reliability()).isOne();
        assertThat(reliability.of(well).failures()).isOne();
        reliability.learn(List.of(), NOON.plusSeconds(60));
        assertThat(reliability.of(well).failures()).isZero();
    }
}
