package io.everstate.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.client.Rescue;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView;
import io.everstate.contracts.recovery.RunView;
import io.everstate.contracts.supervision.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL of each part of one running suite, one at a time, while ten bots trade. Each test waits for a whole suite first, so their
 * order does not matter.
 */
class KilledPartIT {

    private static final int TRADES_BEFORE = 50;

    private static RunningSuite suite;
    private static TradingFleet fleet;

    @BeforeAll
    static void start() {
        suite = RunningSuite.start(Map.of("EVERSTATE_MARKET_SPEED", "20"));
        fleet = TradingFleet.start(suite.services());
    }

    @AfterAll
    static void stop() {
        if (fleet != null) {
            fleet.close();
        }
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    @Tag("SF5")
    @Tag("SF6")
    @Tag("PT4")
    @Tag("BD10")
    @Tag("DC3")
    void everyTradeIsThereOnceAfterBotServiceWasKilled() {
        awaitTrading();
        Map<BotId, Integer> restarts = fleet.restartsOfEach();
        Instant struckAt = Instant.now();

        kill("bot-service");

        RunView run = awaitRunAgainstTheCrash(struckAt);
        assertThat(run.status()).as("%s", run).isEqualTo(RunView.Status.COMPLETED);
        Map<BotId, Integer> oneMore = restarts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue() + 1));
        assertThat(fleet.restartsOfEach()).isEqualTo(oneMore);
    }

    @Test
    @Tag("SF5")
    @Tag("SF11")
    void everyTradeIsThereOnceAfterStateServiceWasKilled() {
        awaitTrading();

        Survival survival = kill("state-service");

        assertThat(survival.firstTrade()).as("trading goes on meanwhile").isLessThan(survival.back());
    }

    @Test
    @Tag("SF5")
    void everyTradeIsThereOnceAfterBackupServiceWasKilled() {
        awaitTrading();

        Survival survival = kill("backup-service");

        assertThat(survival.firstTrade()).as("trading goes on meanwhile").isLessThan(survival.back());
    }

    @Test
    @Tag("SF5")
    void everyTradeIsThereOnceAfterRecoveryServiceWasKilled() {
        awaitTrading();

        Survival survival = kill("recovery-service");

        assertThat(survival.firstTrade()).as("trading goes on meanwhile").isLessThan(survival.back());
    }

    @Test
    @Tag("SF5")
    @Tag("SF6")
    void everyTradeIsThereOnceAfterThePlatformWasKilledAndNoServiceWasRestarted() {
        awaitTrading();
        Map<String, Long> before = servicesByPid();

        kill("platform");

        assertThat(servicesByPid()).isEqualTo(before);
    }

    /**
     * How long after the kill.
     *
     * @param firstTrade a bot's trade was acknowledged
     * @param back the part was ready again
     * @param eachTraded each bot had traded again after the part was back
     */
    private record Survival(Duration firstTrade, Duration back, Duration eachTraded) {}

    /** Returns when the part is back, all bots trade and no acknowledged trade is lost or doubled. */
    private static Survival kill(String victim) {
        ServiceView before = suite.part(victim);
        int trades = fleet.trades();
        Instant struckAt = Instant.now();
        suite.kill(before);

        Stopwatch firstTrade = new Stopwatch(struckAt, () -> fleet.trades() > trades);
        Stopwatch back = new Stopwatch(struckAt, () -> backAgain(before));
        await(victim, "is back", () -> {
            boolean traded = firstTrade.stopped();
            assertThat(back.stopped())
                    .as("%s instead of %s", suite.part(victim), before)
                    .isTrue();
            assertThat(traded).as("a trade since %s was killed", victim).isTrue();
        });
        Map<BotId, Integer> whenBack = fleet.tradesOfEach();
        await(victim, "is back and all bots trade", () -> fleet.requireMoreOfEach(whenBack));
        Duration eachTraded = Duration.between(struckAt, Instant.now());
        await("state-service", "has every acknowledged trade once", fleet::requireEveryTradeOnce);

        Survival survival = new Survival(firstTrade.time(), back.time(), eachTraded);
        System.out.println(victim + " was killed: " + survival + ", " + fleet.trades() + " trades so far");
        return survival;
    }

    private static RunView awaitRunAgainstTheCrash(Instant since) {
        Rescue rescue = new Rescue(suite.services());
        AtomicReference<@Nullable RunView> finished = new AtomicReference<>();
        await("recovery-service", "ran its plan against the crash of bot-service", () -> {
            DisasterView disaster = rescue.disasters().stream()
                    .filter(found -> found.type() == DisasterType.SYSTEM_CRASH)
                    .filter(found -> found.subject().equals("bot-service"))
                    .filter(found -> found.detectedAt().isAfter(since))
                    .findFirst()
                    .orElseThrow();
            assertThat(disaster.evidence()).as("independent signals").hasSizeGreaterThanOrEqualTo(2);
            RunView run = rescue.run(requireNonNull(disaster.runId()));
            assertThat(run.status()).isNotEqualTo(RunView.Status.RUNNING);
            finished.set(run);
        });
        return requireNonNull(finished.get());
    }

    private static boolean backAgain(ServiceView before) {
        ServiceView now = suite.part(before.name());
        return now.pid() != before.pid() && now.state() == ServiceView.State.UP;
    }

    private static void awaitTrading() {
        await(
                "bot-service",
                "and all others are up",
                () -> assertThat(suite.parts()).extracting(ServiceView::state).containsOnly(ServiceView.State.UP));
        Map<BotId, Integer> before = fleet.tradesOfEach();
        await("bot-service", "lets all bots trade", () -> {
            fleet.requireMoreOfEach(before);
            assertThat(fleet.trades()).isGreaterThan(TRADES_BEFORE);
        });
    }

    private static Map<String, Long> servicesByPid() {
        return suite.parts().stream()
                .filter(part -> !part.name().equals("platform"))
                .collect(Collectors.toMap(ServiceView::name, ServiceView::pid));
    }

    private static void await(String part, String what, ThrowingRunnable condition) {
        Patience.await(part + " " + what, () -> suite.lastLines(part), condition);
    }
}
