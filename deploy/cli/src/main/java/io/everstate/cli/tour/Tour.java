package io.everstate.cli.tour;

import io.everstate.cli.client.Bots;
import io.everstate.cli.client.Rescue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Poll;
import io.everstate.cli.place.ServiceName;
import io.everstate.cli.suite.Suite;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupRequest;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.recovery.DisasterType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way of the tour: trade, back up, kill, recover, destroy files, recover, count. */
final class Tour {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TRADES_BEFORE_THE_KILL = 100;
    private static final int TRADES_BETWEEN = 20;

    private final Suite suite;
    private final Bots bots;
    private final Rescue rescue;
    private final Progress progress;
    private final DisasterWatch watch;
    private final Ledger ledger = new Ledger();
    private final TourReport report = new TourReport();

    Tour(Suite suite, Services services, Progress progress) {
        this.suite = suite;
        this.bots = new Bots(services);
        this.rescue = new Rescue(services);
        this.progress = progress;
        this.watch = new DisasterWatch(rescue, progress);
    }

    /** @param workspace the directory whose files are destroyed */
    TourReport take(Path workspace, Clock clock) {
        startBots();
        try (LedgerKeeper keeper = new LedgerKeeper(bots, ledger)) {
            awaitTrades(keeper, TRADES_BEFORE_THE_KILL);
            backUp();
            crash(keeper, clock);
            loseFiles(keeper, workspace, clock);
        }
        count();
        return report;
    }

    private void startBots() {
        for (Bots.NewBot wanted : TourBots.ALL) {
            BotState bot = bots.create(wanted);
            bots.start(bot.id().toString());
        }
        progress.step("5 bots of 3 strategies trade BTC/USD on the recorded tape");
    }

    private void backUp() {
        BackupView accepted =
                rescue.request(new BackupRequest("default", BackupKind.FULL, "before the tour's disasters"));
        BackupView backup = Poll.until(() -> finished(rescue.backup(accepted.id())), LOOK, PATIENCE)
                .orElseThrow(() -> failed("the backup is not finished within " + PATIENCE.toSeconds() + " s"));
        if (backup.status() != BackupView.Status.COMPLETED) {
            throw failed("the backup " + backup.status() + ": " + backup.failure());
        }
        progress.step("a FULL backup of " + backup.files() + " files, " + backup.archiveBytes()
                + " bytes, was taken and read back");
    }

    private static Optional<BackupView> finished(BackupView backup) {
        return switch (backup.status()) {
            case REQUESTED, RUNNING, UPLOADED, FOUND -> Optional.empty();
            case COMPLETED, FAILED, CORRUPTED, EXPIRED, DELETED -> Optional.of(backup);
        };
    }

    private void crash(LedgerKeeper keeper, Clock clock) {
        long pid = suite.supervisor().service(ServiceName.BOT.text()).pid();
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow(() -> failed("bot-service is gone already"));
        Map<BotId, List<Trade>> before = ledger.trades();
        Instant struckAt = clock.instant();
        process.destroyForcibly();
        progress.step("bot-service (pid " + pid + ") was killed with SIGKILL in the middle of trading");
        Recovery recovery = watch.await(DisasterType.SYSTEM_CRASH, struckAt);
        awaitTrades(keeper, ledger.size() + TRADES_BETWEEN);
        report.add(recovery, compare(before));
    }

    private void loseFiles(LedgerKeeper keeper, Path workspace, Clock clock) {
        LostFiles files = LostFiles.in(workspace);
        Map<BotId, List<Trade>> before = ledger.trades();
        Instant struckAt = clock.instant();
        files.strike();
        progress.step("logs/bot_state.json was emptied and configs/alert_config.json deleted");
        Recovery corruption = watch.await(DisasterType.DATA_CORRUPTION, struckAt);
        Recovery loss = watch.await(DisasterType.CONFIG_LOSS, struckAt);
        files.requireRestored();
        awaitTrades(keeper, ledger.size() + TRADES_BETWEEN);
        Comparison trades = compare(before);
        report.add(corruption, trades);
        report.add(loss, trades);
    }

    private void count() {
        report.addWhole(compare(ledger.trades()));
        if (!ledger.contradictions().isEmpty()) {
            throw failed("bot-service contradicted itself: "
                    + ledger.contradictions().getFirst());
        }
    }

    private void awaitTrades(LedgerKeeper keeper, int wanted) {
        boolean trading = Poll.untilTrue(
                () -> ledger.size() >= wanted
                        && keeper.newest().size() == TourBots.ALL.size()
                        && keeper.newest().stream().allMatch(BotState::running),
                LOOK,
                PATIENCE);
        if (!trading) {
            throw failed("the five bots did not reach " + wanted + " trades within " + PATIENCE.toSeconds()
                    + " s; there are " + ledger.size());
        }
        progress.step(ledger.size() + " trades are acknowledged, all bots run");
    }

    /** state-service follows the log within moments: what it lacks at first it is given some seconds for. */
    private Comparison compare(Map<BotId, List<Trade>> acknowledged) {
        Optional<Comparison> clean = Poll.until(
                () -> Optional.of(Comparison.of(acknowledged, recorded(acknowledged)))
                        .filter(Comparison::clean),
                LOOK,
                Duration.ofSeconds(10));
        return clean.orElseGet(() -> Comparison.of(acknowledged, recorded(acknowledged)));
    }

    private Map<BotId, List<Trade>> recorded(Map<BotId, List<Trade>> acknowledged) {
        Map<BotId, List<Trade>> recorded = new HashMap<>();
        for (BotId bot : acknowledged.keySet()) {
            recorded.put(bot, bots.recordedTrades(bot));
        }
        return recorded;
    }

    private static CommandFailedException failed(String sentence) {
        return new CommandFailedException(ExitCode.FAILED, sentence);
    }
}
