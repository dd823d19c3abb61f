package io.everstate.recovery.alert.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.platform.testkit.PlatformResource;
import io.everstate.recovery.Database;
import io.everstate.recovery.QuietProfile;
import io.everstate.recovery.alert.AlertOutbox;
import io.everstate.recovery.peer.Validations.Found;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(QuietProfile.class)
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "recovery"))
@Tag("EC10")
class FindingAlertsIT {
    private static final UUID BOT = UUID.fromString("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11");
    private static final UUID SNAPSHOT = UUID.fromString("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c12");

    @Inject
    FindingAlerts alerts;

    @Inject
    AlertOutbox outbox;

    @Inject
    Database database;

    @BeforeEach
    void empty() {
        database.empty();
    }

    private static Found gap(long id, long offset, Duration ago, @Nullable Instant healed) {
        var at = Instant.now().minus(ago);
        return new Found(
                id, "GAP", null, BOT, 3, offset, Instant.now(), at, false, List.of("numbers are missing"), healed);
    }

    private static Found look(long id, boolean valid) {
        return new Found(
                id,
                "SNAPSHOT",
                SNAPSHOT,
                null,
                null,
                null,
                Instant.now(),
                null,
                valid,
                List.of("its hash differs"),
                null);
    }

    private List<String> texts() {
        return outbox.newest(100, null).stream()
                .map(kept -> kept.alert().text())
                .toList();
    }

    @Test
    void tellsWhatIsWrongAndNotOver() {
        alerts.hear(
                List.of(gap(2, 7, Duration.ofMinutes(1), null), gap(1, 6, Duration.ofMinutes(1), Instant.now())),
                Set.of());

        assertThat(texts())
                .containsExactly("state-service found in bot %s, partition 3, offset 7: numbers are missing (GAP)"
                        .formatted(BOT));
        assertThat(outbox.newest(1, null).getFirst().alert().kind().label()).isEqualTo("finding");
    }

    @Test
    void tellsNothingTwiceAlsoAfterARestartAndInADatabaseThatWasBuiltAnew() {
        var told = alerts.hear(List.of(gap(41, 7, Duration.ofMinutes(1), null)), Set.of());
        alerts.hear(List.of(gap(41, 7, Duration.ofMinutes(1), null)), told);
        alerts.hear(List.of(gap(1, 7, Duration.ofMinutes(1), null)), Set.of());

        assertThat(texts()).hasSize(1);
    }

    @Test
    void aBadSnapshotIsToldOnceHoweverOftenItIsLookedAt() {
        alerts.hear(List.of(look(3, false), look(2, false), look(1, true)), Set.of());
        alerts.hear(List.of(look(4, false), look(3, false)), Set.of());

        assertThat(texts())
                .containsExactly("state-service found in snapshot %s: its hash differs (SNAPSHOT)".formatted(SNAPSHOT));
    }

    @Test
    void theReplayOfAnOldLogTellsNothing() {
        alerts.hear(List.of(gap(1, 7, Duration.ofDays(2), null)), Set.of());

        assertThat(texts()).isEmpty();
    }

    @Test
    void ofManyAtOnceTheRestIsOneAlert() {
        var many = LongStream.range(0, 50)
                .mapToObj(n -> gap(n, n, Duration.ofMinutes(1), null))
                .toList();

        var told = alerts.hear(many, Set.of());
        alerts.hear(many, told);

        assertThat(texts()).hasSize(FindingAlerts.SINGLY + 1).anyMatch(text -> text.startsWith("40 more findings"));
    }
}
