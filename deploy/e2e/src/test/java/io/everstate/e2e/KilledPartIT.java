package io.everstate.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.client.Rescue;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView;
import io.everstate.contracts.recovery.RunView;
import io.everstate.contracts.supervision.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    /** More than a last look before the kill can have missed. */
    private static final int GOING_ON = 5;

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

        assertThat(survival.tradesMeanwhile()).isGreaterThan(GOING_ON);
    }

    @Test
    @Tag("SF5")
    void everyTradeIsThereOnceAfterBackupServiceWasKilled() {
        awaitTrading();

        Survival survival = kill("backup-service");

        assertThat(survival.tradesMeanwhile()).isGreaterThan(GOING_ON);
    }

    @Test
    @Tag("SF5")
    void everyTradeIsThereOnceAfterRecoveryServiceWasKilled() {
        awaitTrading();

        Survival survival = kill("recovery-service");

        assertThat(survival.tradesMeanwhile()).isGreaterThan(GOING_ON);
    }

    @Test
    @Tag("SF5")
    @Tag("SF6")
    @Tag("EC5")
    void everyTradeIsThereOnceAfterThePlatformWasKilledAndNoServiceWasRestarted() {
        awaitTrading();
        Map<String, Long> before = servicesByPid();

        kill("platform");

        assertThat(servicesByPid()).isEqualTo(before);
    }

    @Test
    @Tag("SF4")
    @Tag("BD10")
    void aRestartThatAPersonAskedForIsNoDisaster() {
        awaitTrading();
        Rescue rescue = new Rescue(suite.services());
        List<UUID> known = rescue.disasters().stream().map(DisasterView::id).toList();
        ServiceView before = suite.part("bot-service");

        suite.services()
                .supervisor()
                .post("/api/v1/services/bot-service/restart", null, new TypeReference<Object>() {});

        await("bot-service", "is back", () -> requireBack(before));
        awaitTrading();
        await("state-service", "has every acknowledged trade once", fleet::requireEveryTradeOnce);
        assertThat(suite.part("bot-service").crashes()).isEqualTo(before.crashes());
        assertThat(rescue.check().disasters()).isEmpty();
        assertThat(rescue.disasters()).extracting(DisasterView::id).containsExactlyInAnyOrderElementsOf(known);
    }

    /**
     * @param tradesMeanwhile how many trades were acknowledged from the kill until the part was ready again
     * @param back how long after the kill that was
     * @param tradingAgain how long after the kill each bot had traded since then
     */
    private record Survival(int tradesMeanwhile, Duration back, Duration tradingAgain) {}

    /** Returns when the part is back, all bots trade and no acknowledged trade is lost or doubled. */
    private static Survival kill(String victim) {
        ServiceView before = suite.part(victim);
        int trades = fleet.trades();
        Instant struckAt = Instant.now();
        suite.kill(before);

        await(victim, "is back", () -> requireBack(before));
        Duration back = Duration.between(struckAt, Instant.now());
        int meanwhile = fleet.trades() - trades;
        await(victim, "is back and all bots run", fleet::requireAllRunning);
        Map<BotId, Integer> whenBack = fleet.tradesOfEach();
        await(victim, "is back and all bots trade", () -> fleet.requireMoreOfEach(whenBack));
        Duration tradingAgain = Duration.between(struckAt, Instant.now());
        await("state-service", "has every acknowledged trade once", fleet::requireEveryTradeOnce);

        Survival survival = new Survival(meanwhile, back, tradingAgain);
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

    private static void requireBack(ServiceView before) {
        ServiceView now = suite.part(before.name());
        assertThat(now.pid()).as("the process of %s", now).isNotEqualTo(before.pid());
        assertThat(now.state()).as("%s", now).isEqualTo(ServiceView.State.UP);
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
