package io.everstate.backup.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.InspectionView.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind against a tree as real workspaces of it are. */
@Tag("BD18")
class WorkspaceKindTest {
    private static final List<String> FREQTRADE = List.of(
            "docker-compose.yml",
            "tradesv3.dryrun.sqlite",
            "tradesv3.dryrun.sqlite-wal",
            "user_data/tradesv3.sqlite",
            "user_data/tradesv3.sqlite-shm",
            "user_data/tradesv3.sqlite-wal",
            "user_data/tradesv3_freqtrade1.sqlite",
            "user_data/config.json",
            "user_data/config-private.json",
            "user_data/strategies/SampleStrategy.py",
            "user_data/strategies/SampleStrategy.json",
            "user_data/freqaimodels/Own.py",
            "user_data/models/unique-id/pair_dictionary.json",
            "user_data/models/unique-id/historic_predictions.pkl",
            "user_data/models/unique-id/sub-train-BTC_1/model.joblib",
            "user_data/data/binance/BTC_USDT-5m.feather",
            "user_data/data/binance/futures/BTC_USDT-1h-mark.feather",
            "user_data/backtest_results/.last_result.json",
            "user_data/hyperopt_results/strategy.fthypt",
            "user_data/logs/freqtrade.log",
            "user_data/logs/freqtrade.log.1");

    private static final List<String> HUMMINGBOT = List.of(
            "certs/client_key.pem",
            "conf/.password_verification",
            "conf/conf_client.yml",
            "conf/conf_fee_overrides.yml",
            "conf/connectors/binance.yml",
            "conf/controllers/v2.yml",
            "conf/hummingbot_logs.yml",
            "conf/scripts/v2_with_controllers.yml",
            "conf/strategies/conf_pure_mm_1.yml",
            "controllers/own.py",
            "data/conf_pure_mm_1.sqlite",
            "data/conf_pure_mm_1.sqlite-journal",
            "data/trades_conf_pure_mm_1.csv",
            "logs/logs_conf_pure_mm_1.log",
            "logs/logs_conf_pure_mm_1.log.2022-11-01",
            "logs/logs_hummingbot.log",
            "pmm_scripts/ping_pong.py",
            "scripts/format_status.py");

    @TempDir
    Path root;

    @Test
    void holdsFreqtradesDatabasesWithTheirLogsAndWhatItLearned() throws IOException {
        var workspace = workspace(WorkspaceKind.FREQTRADE, FREQTRADE);

        assertThat(files(workspace, BackupKind.STATE_ONLY))
                .containsExactlyInAnyOrder(
                        "tradesv3.dryrun.sqlite",
                        "tradesv3.dryrun.sqlite-wal",
                        "user_data/tradesv3.sqlite",
                        "user_data/tradesv3.sqlite-shm",
                        "user_data/tradesv3.sqlite-wal",
                        "user_data/tradesv3_freqtrade1.sqlite",
                        "user_data/models/unique-id/pair_dictionary.json",
                        "user_data/models/unique-id/historic_predictions.pkl");
        assertThat(files(workspace, BackupKind.CONFIG_ONLY))
                .containsExactlyInAnyOrder(
                        "docker-compose.yml",
                        "user_data/config.json",
                        "user_data/config-private.json",
                        "user_data/strategies/SampleStrategy.py",
                        "user_data/strategies/SampleStrategy.json",
                        "user_data/freqaimodels/Own.py");
        assertThat(files(workspace, BackupKind.LOGS_ONLY))
                .containsExactlyInAnyOrder("user_data/logs/freqtrade.log", "user_data/logs/freqtrade.log.1");
    }

    /** Candles can be had again, and are often most of the bytes. */
    @Test
    void leavesFreqtradesCandlesOutOfAFullAndNothingElse() throws IOException {
        var workspace = workspace(WorkspaceKind.FREQTRADE, FREQTRADE);

        assertThat(files(workspace, BackupKind.FULL))
                .containsExactlyInAnyOrderElementsOf(FREQTRADE.stream()
                        .filter(path -> !path.startsWith("user_data/data/"))
                        .toList());
    }

    @Test
    void holdsHummingbotsDatabasesAndItsFills() throws IOException {
        var workspace = workspace(WorkspaceKind.HUMMINGBOT, HUMMINGBOT);

        assertThat(files(workspace, BackupKind.STATE_ONLY))
                .containsExactlyInAnyOrder(
                        "data/conf_pure_mm_1.sqlite",
                        "data/conf_pure_mm_1.sqlite-journal",
                        "data/trades_conf_pure_mm_1.csv");
        assertThat(files(workspace, BackupKind.CONFIG_ONLY))
                .containsExactlyInAnyOrderElementsOf(HUMMINGBOT.stream()
                        .filter(path -> !path.startsWith("data/") && !path.startsWith("logs/"))
                        .toList());
        assertThat(files(workspace, BackupKind.LOGS_ONLY))
                .containsExactlyInAnyOrder(
                        "logs/logs_conf_pure_mm_1.log",
                        "logs/logs_conf_pure_mm_1.log.2022-11-01",
                        "logs/logs_hummingbot.log");
        assertThat(files(workspace, BackupKind.FULL)).containsExactlyInAnyOrderElementsOf(HUMMINGBOT);
    }

    /** What a kind watches is in such a tree, and is called state where it is. */
    @Test
    void watchesWhatIsThere() throws IOException {
        for (var workspace : List.of(
                workspace(WorkspaceKind.FREQTRADE, FREQTRADE), workspace(WorkspaceKind.HUMMINGBOT, HUMMINGBOT))) {
            assertThat(workspace.criticalFiles())
                    .isNotEmpty()
                    .allSatisfy(
                            path -> assertThat(workspace.root().resolve(path)).isRegularFile());
            assertThat(workspace.essentialDirectories())
                    .isNotEmpty()
                    .allSatisfy(
                            path -> assertThat(workspace.root().resolve(path)).isDirectory());
        }
        assertThat(workspace(WorkspaceKind.FREQTRADE, FREQTRADE).roleOf("user_data/tradesv3.sqlite"))
                .isEqualTo(Role.STATE);
        assertThat(workspace(WorkspaceKind.FREQTRADE, FREQTRADE).roleOf("user_data/config.json"))
                .isEqualTo(Role.CONFIG);
    }

    @Test
    void assumesNothingOfAGenericOne() throws IOException {
        var workspace = workspace(WorkspaceKind.GENERIC, HUMMINGBOT);

        assertThat(files(workspace, BackupKind.FULL)).containsExactlyInAnyOrderElementsOf(HUMMINGBOT);
        assertThat(files(workspace, BackupKind.STATE_ONLY)).isEmpty();
        assertThat(files(workspace, BackupKind.CONFIG_ONLY)).isEmpty();
        assertThat(files(workspace, BackupKind.LOGS_ONLY)).isEmpty();
        assertThat(workspace.criticalFiles()).isEmpty();
    }

    private Workspace workspace(WorkspaceKind kind, List<String> paths) throws IOException {
        var directory = root.resolve(kind.name());
        for (var path : paths) {
            var file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, path.endsWith(".sqlite") ? "SQLite format 3\0" : "content");
        }
        return new Workspace("bot", directory, kind, kind.profile());
    }

    private static List<String> files(Workspace workspace, BackupKind kind) {
        return Listing.of(workspace, kind).entries().stream()
                .filter(entry -> !entry.directory())
                .map(Listing.Entry::path)
                .toList();
    }
}
