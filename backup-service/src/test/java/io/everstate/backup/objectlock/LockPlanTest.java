package io.everstate.backup.objectlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Verified;
import io.everstate.backup.catalogue.BackupHead;
import io.everstate.backup.catalogue.StoredArchive;
import io.everstate.backup.objectlock.LockPlan.Wish;
import io.everstate.contracts.backup.BackupKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LockPlanTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T10:20:30Z");
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static final Instant WEDNESDAY = MONDAY.plus(Duration.ofDays(2));
    private static final Duration WEEK = Duration.ofDays(7);

    private static BackupHead head(Instant at) {
        return new BackupHead(UUID.randomUUID(), "default", BackupKind.FULL, "", false, at, ".tar.gz");
    }

    private static Completed completed(BackupHead head) {
        return new Verified(head, new StoredArchive("archive", "manifest", 1, "", "", "", 1), head.requestedAt());
    }

    /** To the second, and not a moment too short. */
    private static Instant weekAfter(Instant at) {
        return at.plus(WEEK).plusSeconds(1);
    }

    @Test
    void locksEachForItsTime() {
        var one = completed(head(MONDAY));
        var other = completed(head(TUESDAY.plusMillis(1)));

        assertThat(LockPlan.of(List.of(one, other), Map.of(), WEEK))
                .containsExactly(new Wish(one, weekAfter(MONDAY)), new Wish(other, weekAfter(TUESDAY)));
    }

    @Test
    void keepsWhatIsNeededAsLongAsTheLastThatNeedsIt() {
        var full = head(MONDAY);
        var first = head(TUESDAY).upon(full);
        var second = head(WEDNESDAY).upon(first);
        var chain = List.of(completed(full), completed(first), completed(second));

        assertThat(LockPlan.of(chain, Map.of(), WEEK))
                .extracting(Wish::until)
                .containsOnly(weekAfter(WEDNESDAY))
                .hasSize(3);
    }

    @Test
    void extendsOnlyWhatEndsTooSoon() {
        var full = head(MONDAY);
        var first = head(TUESDAY).upon(full);
        var other = head(MONDAY);
        var locked =
                Map.of(full.id(), weekAfter(MONDAY), first.id(), weekAfter(TUESDAY), other.id(), weekAfter(WEDNESDAY));

        var wishes = LockPlan.of(List.of(completed(full), completed(first), completed(other)), locked, WEEK);

        assertThat(wishes)
                .extracting(wish -> wish.backup().head().id(), Wish::until)
                .containsExactly(tuple(full.id(), weekAfter(TUESDAY)));
    }

    @Test
    void aBaseThatIsNoBackupAnyMoreIsLeftAlone() {
        var gone = head(MONDAY);
        var first = completed(head(TUESDAY).upon(gone));

        assertThat(LockPlan.of(List.of(first), Map.of(), WEEK)).containsExactly(new Wish(first, weekAfter(TUESDAY)));
    }
}
