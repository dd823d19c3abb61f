package io.everstate.backup.segments.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.platform.Defaults;
import io.everstate.backup.segments.ArchiveParts;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.LoggedRecord;
import io.everstate.backup.segments.format.SegmentNames;
import io.everstate.backup.segments.format.SegmentOrigin;
import io.everstate.contracts.backup.SegmentJoinsView;
import io.everstate.contracts.backup.SegmentPartitionView.Gap;
import io.everstate.contracts.backup.SegmentPartitionView.GapState;
import io.everstate.contracts.backup.SegmentView;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three small segments become one, on real PostgreSQL: whatever happens on the way, each record is there once. */
class JoiningIT {
    private static final LogPartition PARTITION = new LogPartition("q3ZbH1b7RkWm0y8b2V5uXg", 3);
    private static final SegmentOrigin ORIGIN = new SegmentOrigin("everstate.bot.events", 12, PARTITION);
    private static final String JOINED = SegmentNames.joined(PARTITION, 0, 29, "");

    private ArchiveParts parts;
    private Lease lease;
    private JoinRows rows;

    @BeforeEach
    void start() throws SQLException {
        parts = new ArchiveParts(ORIGIN.topic(), Clock.systemUTC());
        parts.seen(ORIGIN);
        rows = new JoinRows(parts.database());
        lease = parts.leases.tryAcquire(JoinRows.LEASE).orElseThrow();
        parts.archive(ORIGIN, 0, 10);
        parts.archive(ORIGIN, 10, 20);
        parts.archive(ORIGIN, 20, 30);
    }

    @AfterEach
    void stop() {
        parts.close();
    }

    private static JoinConfiguration configuration() {
        return Defaults.of(
                JoinConfiguration.class,
                Map.of(
                        "everstate.segments.join.after", "PT0S",
                        "everstate.segments.join.grace", "PT0S",
                        "everstate.segments.join.at-most", "3"));
    }

    private SegmentJoin join() {
        return new SegmentJoin(parts.objects, parts.findings, rows);
    }

    /** As a process does that has seen nothing yet. */
    private void look() {
        var metrics = new JoinMetrics(new SimpleMeterRegistry());
        new Joining(rows, join(), configuration(), metrics).look(lease);
    }

    private void remove() {
        var metrics = new JoinMetrics(new SimpleMeterRegistry());
        new JoinedParts(parts.objects, parts.findings, rows, configuration(), metrics).remove(lease);
    }

    private List<Long> firstOffsets() {
        return parts.segments(PARTITION, 0, -1).stream()
                .map(SegmentView::firstOffset)
                .toList();
    }

    private List<Long> offsets(long first) {
        return parts.records(PARTITION, first).stream()
                .map(LoggedRecord::offset)
                .toList();
    }

    private List<String> objects() {
        return parts.store.names("segments/", "");
    }

    private static String small(long first) {
        return SegmentNames.of(PARTITION, first, "");
    }

    @Test
    void whatIsJoinedHasItsPlaceAndTheSmallOnesGoLater() {
        var before = List.of(parts.records(PARTITION, 0), parts.records(PARTITION, 10), parts.records(PARTITION, 20));

        look();

        assertThat(parts.segments(PARTITION, 0, -1)).singleElement().satisfies(joined -> {
            assertThat(joined.objectName()).isEqualTo(JOINED);
            assertThat(joined.lastOffset()).isEqualTo(29);
            assertThat(joined.records()).isEqualTo(30);
        });
        assertThat(parts.records(PARTITION, 0))
                .isEqualTo(before.stream().flatMap(List::stream).toList());
        assertThat(objects()).containsExactly(JOINED, small(0), small(10), small(20));
        assertThat(rows.counts(_ -> null)).containsExactly(new SegmentJoinsView(PARTITION.topicId(), 3, 1, 3, 3, null));
        remove();
        assertThat(objects()).containsExactly(JOINED);
        assertThat(rows.counts(_ -> null)).containsExactly(new SegmentJoinsView(PARTITION.topicId(), 3, 1, 3, 0, null));
    }

    /** They hold what was listed before, and ask for it by where it began. */
    @Test
    void whoHoldsTheOldListGoesOn() {
        look();
        remove();

        assertThat(offsets(10)).contains(10L, 19L).hasSize(30);
        assertThat(parts.segments(PARTITION, 0, 10))
                .extracting(SegmentView::firstOffset)
                .containsExactly(0L);
        assertThat(parts.segments(PARTITION, 0, 0)).isEmpty();
        assertThat(parts.segments(PARTITION, 15, -1))
                .extracting(SegmentView::firstOffset)
                .containsExactly(0L);
        assertThatThrownBy(() -> offsets(30)).hasMessageContaining("no stored segment");
    }

    /** Its lease ran out behind the object and in front of the row: another one finds the object, and compares it. */
    @Test
    void killedBetweenTheObjectAndTheExchangeItLeavesTheSmallOnesAndIsTakenUp() throws SQLException {
        parts.store.beforeOpening(name -> {
            if (name.equals(JOINED)) {
                throw new IllegalStateException("killed, as a test says");
            }
        });
        assertThatThrownBy(this::look).hasMessageContaining("killed");
        parts.store.beforeOpening(_ -> {});
        assertThat(firstOffsets()).containsExactly(0L, 10L, 20L);
        assertThat(objects()).contains(JOINED);

        look();

        assertThat(firstOffsets()).containsExactly(0L);
        assertThat(offsets(0)).hasSize(30);
    }

    @Test
    void whoeverLostTheLeaseExchangesNothing() throws SQLException {
        parts.execute("update lease set fence = fence + 1 where name = '%s'".formatted(JoinRows.LEASE));

        assertThatThrownBy(this::look).isInstanceOf(LeaseLostException.class);

        assertThat(firstOffsets()).containsExactly(0L, 10L, 20L);
        assertThat(rows.counts(_ -> null).getFirst().toRemove()).isZero();
    }

    @Test
    void whatWasFoundDamagedMeanwhileIsNotExchanged() {
        parts.store.beforeOpening(name -> {
            if (name.equals(JOINED)) {
                execute("update segment set damage = 'since' where first_offset = 20");
            }
        });

        assertThatThrownBy(this::look).isInstanceOf(LeaseLostException.class);

        assertThat(firstOffsets()).containsExactly(0L, 10L, 20L);
    }

    private void execute(String sql) {
        try {
            parts.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingIsJoinedOverADamagedOne() throws SQLException {
        parts.damage(small(20));
        parts.archive(ORIGIN, 30, 40);
        parts.archive(ORIGIN, 40, 50);
        parts.archive(ORIGIN, 50, 60);

        look();
        look();

        assertThat(firstOffsets()).containsExactly(0L, 20L, 30L);
        assertThat(parts.gaps()).containsExactly(new Gap(GapState.DAMAGED, 20, 29, 10));
        remove();
        assertThat(objects()).contains(small(20));
    }

    @Test
    void whatLiesInItsPlaceAndIsNotTheSameGivesWay() {
        parts.damage(JOINED);

        look();
        assertThat(firstOffsets()).containsExactly(0L, 10L, 20L);
        look();

        assertThat(firstOffsets()).containsExactly(0L);
        assertThat(offsets(0)).hasSize(30);
    }

    /** Whole by its own sums. */
    @Test
    void whatHasOtherRecordsThanTheSmallOnesTakesNoPlace() {
        var other = parts.objects.packJoined(ArchiveParts.content(ORIGIN, 0, 30, 1_000));
        other.upload();

        look();

        assertThat(firstOffsets()).containsExactly(0L, 10L, 20L);
    }

    @Test
    void aDamagedJoinedOneGivesItsPlaceBackBeforeTheSmallOnesGo() {
        look();
        parts.damage(JOINED);

        remove();

        assertThat(firstOffsets()).containsExactly(0L, 10L, 20L);
        assertThat(objects()).contains(small(0), small(10), small(20));
        assertThat(parts.gaps()).isEmpty();
        assertThat(offsets(20)).hasSize(10);
    }

    /** It was killed behind the first object. */
    @Test
    void aDamagedJoinedOneIsADamageWhenOneOfTheSmallOnesIsGone() {
        look();
        var joined = rows.due(configuration().grace()).getFirst();
        parts.store.delete(small(0));
        rows.removed(joined, rows.parts(joined).getFirst());
        parts.damage(JOINED);

        remove();

        assertThat(firstOffsets()).containsExactly(0L);
        assertThat(parts.gaps()).containsExactly(new Gap(GapState.DAMAGED, 0, 29, 30));
        assertThat(objects()).contains(small(10), small(20));
    }
}
