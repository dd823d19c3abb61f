package io.everstate.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.client.Bots;
import io.everstate.cli.client.Bots.NewBot;
import io.everstate.cli.client.Snapshots;
import io.everstate.cli.console.Json;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.supervision.ServiceView;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bots of one running suite go back to what they were, by the command line: what their owners in bot-service say of them is what counts. */
class RestoredFleetIT {
    private static final int BOTS = 12;
    private static final long TRADES = 3;

    private static RunningSuite suite;
    private static Bots bots;
    private static List<BotId> ids = List.of();

    /** As the command shows it with {@code --json}. */
    private record Restored(StateRestoreView restore, List<BotRestoreView> bots) {}

    private record Event(String type, long sequence) {}

    @BeforeAll
    static void start() {
        suite = RunningSuite.start(Map.of("EVERSTATE_MARKET_SPEED", "20"));
        bots = new Bots(suite.services());
        ids = IntStream.range(0, BOTS)
                .mapToObj(number -> bots.create(new NewBot(
                                "back-" + number,
                                "sma-cross",
                                List.of("BTC/USD"),
                                Amount.of(100_000),
                                Map.of("fast", Amount.of(2), "slow", Amount.of(5)),
                                RestartPolicy.RESUME,
                                null))
                        .id())
                .toList();
    }

    @AfterAll
    static void stop() {
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    @Tag("EC14")
    @Tag("GR3")
    void oneBotGoesBackToASnapshotAndForwardAgain() {
        startAll();
        awaitTradesBeyond(trades());
        SnapshotView snapshot = snapshot();
        awaitTradesBeyond(trades());
        BotId one = ids.getFirst();
        assertThat(suite.everstate("bots", "stop", one.toString()).exitCode()).isZero();
        BotState before = owned().get(one);

        Restored dry = restored("snapshots", "restore", snapshot.id().toString(), "--bot", one.toString(), "--dry-run");

        assertThat(dry.restore().status()).as("%s", dry).isEqualTo(Status.COMPLETED);
        assertThat(dry.bots()).singleElement().satisfies(part -> {
            assertThat(part.outcome()).isEqualTo(Outcome.FOUND);
            assertThat(requireNonNull(part.before()).sequence())
                    .isEqualTo(requireNonNull(before).sequence());
        });
        assertThat(owned().get(one)).isEqualTo(before);

        Restored back = restored("snapshots", "restore", snapshot.id().toString(), "--bot", one.toString());

        BotRestoreView part = back.bots().getFirst();
        assertThat(part.outcome()).as("%s", back).isEqualTo(Outcome.RESTORED);
        BotState then = recorded(one, requireNonNull(part.after()).sequence());
        assertThat(requireNonNull(owned().get(one)).portfolio()).isEqualTo(then.portfolio());
        assertThat(then.portfolio()).isNotEqualTo(requireNonNull(before).portfolio());

        Restored forward = restored(
                "snapshots", "restore", requireNonNull(back.restore().wayBack()).toString(), "--bot", one.toString());

        assertThat(forward.restore().restored()).as("%s", forward).isOne();
        assertThat(requireNonNull(owned().get(one)).portfolio()).isEqualTo(before.portfolio());
    }

    @Test
    @Tag("EC2")
    @Tag("EC14")
    void allBotsThatTradeGoBackTradeOnAndGoForwardAgain() {
        startAll();
        awaitTradesBeyond(trades());
        SnapshotView snapshot = snapshot();
        awaitTradesBeyond(trades());

        Restored back = restored("snapshots", "restore", snapshot.id().toString(), "--restart");

        assertThat(back.restore().status()).as("%s", back).isEqualTo(Status.COMPLETED);
        assertThat(back.restore().restored()).isEqualTo(BOTS);
        assertThat(back.bots()).allSatisfy(part -> {
            assertThat(part.restarted()).isTrue();
            assertThat(part.wayBack()).isEqualTo(back.restore().wayBack());
            requireWentBack(part);
        });
        awaitTradesBeyond(trades());
        assertThat(owned().values()).allMatch(BotState::running);
        ids.forEach(id -> bots.stop(id.toString()));

        Restored forward = restored(
                "snapshots", "restore", requireNonNull(back.restore().wayBack()).toString());

        assertThat(forward.restore().restored()).as("%s", forward).isEqualTo(BOTS);
        Map<BotId, BotState> now = owned();
        assertThat(back.bots())
                .allSatisfy(part -> assertThat(
                                requireNonNull(now.get(part.bot())).portfolio())
                        .as("what it had when it was stopped for the restore")
                        .isEqualTo(recorded(
                                        part.bot(),
                                        requireNonNull(part.before()).sequence())
                                .portfolio()));
    }

    @Test
    @Tag("EC2")
    void aRestoreOfAllIsGoneOnWithWhenStateServiceIsKilledInTheMiddle() {
        startAll();
        awaitTradesBeyond(trades());
        SnapshotView snapshot = snapshot();
        awaitTradesBeyond(trades());
        Snapshots client = new Snapshots(suite.adminServices());
        ServiceView victim = suite.part("state-service");

        StateRestoreView begun = client.request(
                new StateRestoreRequest(snapshot.id().toString(), null, null, null, null, null, true, false));
        await(
                "the first is restored",
                () -> assertThat(restoredOf(client.bots(begun.id()))).isPositive());
        suite.kill(victim);

        await(
                "the restore has ended",
                () -> assertThat(client.restore(begun.id()).endedAt()).isNotNull());
        StateRestoreView ended = client.restore(begun.id());
        assertThat(ended.status()).as("%s", ended).isEqualTo(Status.COMPLETED);
        assertThat(ended.resumed()).as("%s", ended).isOne();
        assertThat(client.bots(begun.id())).allSatisfy(part -> {
            requireWentBack(part);
            assertThat(eventsBetween(part))
                    .as("stopped, restored and started once each")
                    .containsExactly("bot-stopped", "checkpoint-taken", "bot-started");
        });
        awaitTradesBeyond(trades());
    }

    @Test
    void whatIsOverCannotBeCancelledByTheCommandLine() {
        SnapshotView snapshot = snapshot();
        Restored dry = restored("snapshots", "restore", snapshot.id().toString(), "--dry-run");

        RunningSuite.Outcome refused = suite.everstateAsAdmin(
                "snapshots", "restore", "--cancel", dry.restore().id().toString());

        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(5);
        assertThat(refused.output()).contains("has ended, it is COMPLETED");
        assertThat(suite.everstate("snapshots", "restore", "newest").exitCode())
                .as("without the role admin")
                .isEqualTo(4);
    }

    @Test
    void aRestoreThatIsCancelledLeavesTheOthersAndAllRunAgain() {
        startAll();
        awaitTradesBeyond(trades());
        SnapshotView snapshot = snapshot();
        awaitTradesBeyond(trades());
        Snapshots client = new Snapshots(suite.adminServices());
        StateRestoreView begun = client.request(
                new StateRestoreRequest(snapshot.id().toString(), null, null, null, null, null, true, false));
        await(
                "the first is restored",
                () -> assertThat(restoredOf(client.bots(begun.id()))).isPositive());

        client.cancel(begun.id().toString());

        await(
                "the restore has ended",
                () -> assertThat(client.restore(begun.id()).endedAt()).isNotNull());
        StateRestoreView ended = client.restore(begun.id());
        assertThat(ended.status()).as("%s", ended).isEqualTo(Status.CANCELLED);
        assertThat(client.bots(begun.id()))
                .extracting(BotRestoreView::outcome)
                .containsOnly(Outcome.RESTORED, Outcome.CANCELLED)
                .contains(Outcome.CANCELLED);
        assertThat(owned().values()).allMatch(BotState::running);
    }

    private static void startAll() {
        owned().values().stream()
                .filter(bot -> !bot.running())
                .forEach(bot -> bots.start(bot.id().toString()));
    }

    /** By bot-service itself. */
    private static Map<BotId, BotState> owned() {
        return bots.all().stream()
                .filter(bot -> ids.contains(bot.id()))
                .collect(Collectors.toMap(BotState::id, Function.identity()));
    }

    private static Map<BotId, Long> trades() {
        return owned().values().stream()
                .collect(Collectors.toMap(BotState::id, bot -> bot.portfolio().trades()));
    }

    private static void awaitTradesBeyond(Map<BotId, Long> before) {
        await(
                "all bots trade",
                () -> trades().forEach((bot, now) -> assertThat(now)
                        .as("trades of bot %s", bot)
                        .isGreaterThanOrEqualTo(requireNonNull(before.get(bot)) + TRADES)));
    }

    private static SnapshotView snapshot() {
        return read(suite.everstate("snapshots", "take", "--json"), new TypeReference<>() {});
    }

    private static Restored restored(String... command) {
        List<String> line = new ArrayList<>(Arrays.asList(command));
        line.add("--json");
        return read(suite.everstateAsAdmin(line.toArray(String[]::new)), new TypeReference<>() {});
    }

    private static long restoredOf(List<BotRestoreView> parts) {
        return parts.stream().filter(part -> part.outcome() == Outcome.RESTORED).count();
    }

    private static void requireWentBack(BotRestoreView part) {
        assertThat(part.outcome()).as("%s", part).isEqualTo(Outcome.RESTORED);
        assertThat(recorded(part.bot(), requireNonNull(part.checkpoint())).portfolio())
                .isEqualTo(recorded(part.bot(), requireNonNull(part.after()).sequence())
                        .portfolio());
    }

    private static BotState recorded(BotId bot, long sequence) {
        return suite.services()
                .of(ServiceName.STATE)
                .get("/api/v1/bots/%s?sequence=%d".formatted(bot, sequence), new TypeReference<>() {});
    }

    /** The names of the events from the stop for the restore to the start behind it. */
    private static List<String> eventsBetween(BotRestoreView part) {
        long stopped = requireNonNull(part.before()).sequence();
        Page<Event> events = suite.services()
                .of(ServiceName.STATE)
                .get(
                        "/api/v1/bots/%s/events?limit=3&after=%d".formatted(part.bot(), stopped - 1),
                        new TypeReference<>() {});
        return events.items().stream()
                .map(event -> event.type().replaceAll("^io\\.everstate\\.bot\\.|\\.v\\d+$", ""))
                .toList();
    }

    private static void await(String what, ThrowingRunnable condition) {
        Patience.await(what, () -> suite.lastLines("state-service"), condition);
    }

    private static <T> T read(RunningSuite.Outcome outcome, TypeReference<T> type) {
        try {
            return Json.MAPPER.readValue(outcome.output(), type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + outcome, e);
        }
    }
}
