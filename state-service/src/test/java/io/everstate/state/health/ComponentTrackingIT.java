package io.everstate.state.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.contracts.view.ComponentView;
import io.everstate.state.ManyBots;
import io.everstate.state.TestDatabase;
import io.everstate.state.WatchedStatements;
import io.everstate.state.health.TrackedComponents.Place;
import io.everstate.state.lease.Fence;
import io.everstate.state.lease.LeaseLostException;
import io.everstate.state.lease.Leases;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("EC4")
@Tag("EC13")
class ComponentTrackingIT {
    private static final long NOW = 1_800_000_000_000L;
    private static final long QUIET = 360_000;
    private static final PageLimit ALL = new PageLimit(500);

    private final TestDatabase database = TestDatabase.withTables();
    private final Transactions transactions = database.transactions();
    private final ComponentTracking tracking = new ComponentTracking(transactions);
    private final TrackedComponents tracked =
            new TrackedComponents(transactions, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @BeforeEach
    void fill() {
        new ManyBots(database).fill(12, 0);
        change("delete from parked_bots");
        change("update bots set status = 'STOPPED', emergency = false, last_activity = 0");
    }

    private int change(String sql) {
        return transactions.write(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    private void look() {
        tracking.writeBots(NOW, QUIET, Fence.NONE);
    }

    private List<ComponentView> bots() {
        return tracked.page("BOT", 101, ALL, Place.FIRST).items();
    }

    private String bot(int number) {
        return new ManyBots(database).ids("bot").get(number);
    }

    private ComponentView after(String sql, String id) {
        change(sql);
        look();
        return bots().stream().filter(bot -> bot.id().equals(id)).findFirst().orElseThrow();
    }

    private static String finding(String kind, String bot) {
        return """
                insert into state_validation_results (kind, topic_id, partition, record_offset, bot, occasion, sequence, happened_at,
                    findings, valid, validated_at) values ('%s', 't', 0, 1, '%s', 1, 1, now(), 'found', false, now())""".formatted(kind, bot);
    }

    @Test
    void aBotThatHasNothingIsWell() {
        look();

        assertThat(bots()).hasSize(12).allSatisfy(bot -> {
            assertThat(bot.score()).isEqualTo(100);
            assertThat(bot.reason()).isNull();
            assertThat(bot.errors()).isZero();
        });
        assertThat(tracked.fleet(3).bots().mean()).isEqualTo(100);
        assertThat(tracked.fleet(3).worst()).isEmpty();
    }

    @Test
    void whatIsWrongWithABotIsItsScoreAndItsReason() {
        var id = bot(0);
        var running = "update bots set status = 'RUNNING', last_activity = %d where id = '" + id + "'";

        assertThat(after(running.formatted(NOW - QUIET), id).score()).isEqualTo(100);
        var quiet = after(running.formatted(NOW - 2 * QUIET), id);
        assertThat(quiet.score()).isEqualTo(50);
        assertThat(quiet.reason()).isEqualTo("it runs, and did nothing for 720 s");
        assertThat(quiet.freshness()).isEqualTo(Duration.ofMillis(2 * QUIET));
        assertThat(after(running.formatted(0), id).score()).isZero();
        var emergency = after("update bots set status = 'STOPPED', emergency = true where id = '" + id + "'", id);
        assertThat(emergency.score()).isEqualTo(25);
        assertThat(emergency.reason()).isEqualTo("it is in emergency stop");
        change("update bots set emergency = false");
        var gap = after(finding("GAP", id), id);
        assertThat(gap.score()).isEqualTo(50);
        assertThat(gap.reason()).isEqualTo("events of it are missing in the log");
        assertThat(gap.errors()).isOne();
        assertThat(after("update state_validation_results set healed_at = now()", id)
                        .score())
                .isEqualTo(100);
        assertThat(after(finding("LOST_END", id), id).score()).isZero();
    }

    @Test
    void aBotThatIsParkedIsSaidAlsoWhenNothingElseIsKnownOfIt() {
        var unknown = "0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55";
        var parked = """
                insert into parked_bots (partition, bot, type, why, record_offset, epoch, sequence, since)
                values (%d, '%s', 'a type', 'unknown event type', 7, 1, %d, 0)""";
        change(parked.formatted(0, unknown, 3));
        change(parked.formatted(1, unknown, 9));

        var known = after(parked.formatted(0, bot(1), 6), bot(1));

        assertThat(known.score()).isZero();
        assertThat(known.lag()).isEqualTo(2); // its state has event 4
        assertThat(bots())
                .hasSize(13)
                .filteredOn(bot -> bot.id().equals(unknown))
                .singleElement()
                .satisfies(bot -> {
                    assertThat(bot.reason()).isEqualTo("it is not followed any more: unknown event type");
                    assertThat(bot.lag()).isEqualTo(3);
                });
        assertThat(tracked.fleet(3).bots().unhealthy()).isEqualTo(2);
    }

    @Test
    void aRowGoesWithItsBot() {
        look();
        var id = bot(0);
        change("update bots set status = 'DELETED' where id = '" + id + "'");
        change("delete from bots where id = '" + bot(1) + "'");

        look();

        assertThat(bots()).hasSize(10).extracting(ComponentView::id).doesNotContain(id);
    }

    @Test
    void aRowThatWouldSayTheSameIsNotWritten() {
        look();
        var before = versions();
        change("update bots set status = 'RUNNING' where id = '" + bot(0) + "'");

        look();

        assertThat(versions()).hasSameSizeAs(before);
        assertThat(versions().stream().filter(version -> !before.contains(version)))
                .hasSize(1);
    }

    private List<String> versions() {
        return selected("select id || ' ' || xmin::text from component_state_tracking");
    }

    private List<String> selected(String sql) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(sql);
                    var rows = statement.executeQuery()) {
                var found = new ArrayList<String>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        });
    }

    @Test
    void manyBotsAreLookedAtInPartsAndPagesReadOnlyTheirOwn() {
        change("delete from bots");
        new ManyBots(database).fill(10_000, 0);
        var statements = new WatchedStatements(database.connections());
        var watched = new Transactions(statements.watched());

        new ComponentTracking(watched, 4_000).writeBots(NOW, QUIET, Fence.NONE);
        assertThat(statements.plans()).hasSize(3 * 3);
        assertThat(versions()).hasSize(10_000);

        change("analyze component_state_tracking");
        var pages = new TrackedComponents(watched, Clock.systemUTC());
        var first = pages.page("BOT", 101, new PageLimit(100), Place.FIRST);
        assertThat(pages.fleet(3).bots().count()).isGreaterThanOrEqualTo(10_000);
        assertThat(first.items()).hasSize(100).isSortedAccordingTo((one, other) -> one.score() - other.score());
        assertThat(statements.plans())
                .allSatisfy((sql, plan) -> assertThat(plan).as(sql).doesNotContain("Sort", "Seq Scan on bots"));
    }

    /** What would be locked could not be read for a share, and its page would have to be written. */
    @Test
    void aRowThatWouldSayTheSameIsNotLockedEither() {
        look();
        change("update bots set last_activity = last_activity + 1");

        look();

        assertThat(selected("select id from component_state_tracking where xmax <> 0"))
                .isEmpty();
        assertThat(bots()).allSatisfy(bot -> assertThat(bot.lastActivity()).isEqualTo(Instant.ofEpochMilli(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 11, 12, 13})
    void everyBotIsInOnePart(int atOnce) {
        change("update bots set status = 'DELETED' where bot = (select max(bot) from bots)");
        var parts = new ComponentTracking(transactions, atOnce);
        parts.writeBots(NOW, QUIET, Fence.NONE);
        assertThat(bots()).hasSize(11);
        change("update bots set emergency = true where status <> 'DELETED'");
        change("delete from bots where bot = (select min(bot) from bots)");

        parts.writeBots(NOW, QUIET, Fence.NONE);

        assertThat(bots()).hasSize(10).allMatch(bot -> bot.score() == 25);
    }

    @Test
    void pagesGoOnBehindTheLast() {
        change("update bots set emergency = bot % 3 = 0");
        look();
        var ids = new ArrayList<String>();
        var place = Place.FIRST;
        for (var next = true; next; ) {
            var page = tracked.page("BOT", 101, new PageLimit(5), place);
            page.items().forEach(bot -> ids.add(bot.id()));
            next = page.next() != null;
            place = new Place(
                    page.items().getLast().score(), page.items().getLast().id());
        }

        assertThat(ids).hasSize(12).doesNotHaveDuplicates();
        assertThat(tracked.page("BOT", 100, ALL, Place.FIRST).items())
                .hasSize(4)
                .allMatch(bot -> bot.score() == 25);
    }

    private static ComponentView component(String id, @Nullable String reason) {
        return new ComponentView(
                "SERVICE",
                id,
                id,
                reason == null ? 100 : 0,
                reason,
                null,
                null,
                null,
                2,
                Instant.parse("2026-11-22T12:00:00Z"));
    }

    @Test
    void whatIsNotThereAnyMoreIsGoneAndTheRestIsAsTheLookFoundIt() {
        tracking.write(List.of(component("one", null), component("two", "does\0not answer")), Fence.NONE);
        assertThat(tracked.page("SERVICE", 101, ALL, Place.FIRST).items())
                .extracting(ComponentView::id, ComponentView::reason)
                .containsExactly(tuple("two", "does?not answer"), tuple("one", null));

        tracking.write(List.of(component("one", "away")), Fence.NONE);

        assertThat(tracked.page("SERVICE", 101, ALL, Place.FIRST).items())
                .singleElement()
                .satisfies(one -> assertThat(one.score()).isZero());
    }

    @Test
    void whoLostTheLeaseWritesNothing() {
        var leases = new Leases(transactions);
        var lost = leases.tryAcquire("health", "one", Duration.ZERO).orElseThrow();
        assertThat(leases.tryAcquire("health", "two", Duration.ofMinutes(1))).isPresent();

        assertThatThrownBy(() -> tracking.write(List.of(component("one", null)), lost))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> tracking.writeBots(NOW, QUIET, lost)).isInstanceOf(LeaseLostException.class);

        assertThat(tracked.page("SERVICE", 101, ALL, Place.FIRST).items()).isEmpty();
        assertThat(bots()).isEmpty();
    }
}
