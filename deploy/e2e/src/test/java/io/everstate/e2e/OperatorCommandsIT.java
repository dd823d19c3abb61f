package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.e2e.RunningSuite.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's commands as people type them, each a process, against one running suite. */
class OperatorCommandsIT {

    /** For how long one backup counts for further changes, as it is set where nothing is said. */
    private static final Duration COVERED = Duration.ofMinutes(1);

    private static final String UNKNOWN = "01999999-9999-7999-8999-999999999999";

    /** As its documentation shows it. */
    private static final String PAPER_STATE = """
            {"version": "1.0", "timestamp": "2025-01-20T14:35:45.123456", "session_start_time": "2025-01-20T10:00:00.000000",
             "initial_balance": 10000.0, "emergency_stopped": false, "emergency_reason": null, "traders": {"BTCUSDT": {
               "balance": 5234.56, "position": 0.3, "position_value": 4900.0, "entry_price": 91464.0, "total_fees": 23.45,
               "num_trades": 14, "trade_history": [], "current_price": 92100.0, "last_trade_time": "2025-01-20T14:30:00.000000",
               "trades_last_hour": ["2025-01-20T14:00:00.000000", "2025-01-20T14:15:00.000000"], "max_loss_reached": false,
               "highest_value": 10500.0}}}""";

    private static RunningSuite suite;

    @BeforeAll
    static void start() {
        suite = RunningSuite.start(Map.of());
    }

    @AfterAll
    static void stop() {
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    void makesStartsStopsAndListsABot() {
        Outcome created = suite.everstate(
                "bots",
                "create",
                "--name",
                "typed",
                "--strategy",
                "sma-cross",
                "--parameter",
                "fast=5",
                "--parameter",
                "slow=15");

        assertThat(created.exitCode()).as(created.output()).isZero();
        String id = bot("typed").id().toString();
        assertThat(created.output()).contains("Bot " + id + " (typed) is STOPPED", "everstate bots start " + id);
        assertThat(suite.everstate("bots", "start", id)).isEqualTo(said(0, "Bot " + id + " (typed) is RUNNING."));
        assertThat(suite.everstate("bots").output()).containsPattern(id + " +typed +sma-cross +RUNNING");
        Outcome again = suite.everstate("bots", "start", id);
        assertThat(again.exitCode()).as(again.output()).isEqualTo(5);
        assertThat(again.output()).contains("refused (409)");
        assertThat(suite.everstate("bots", "stop", id)).isEqualTo(said(0, "Bot " + id + " (typed) is STOPPED."));
        assertThat(bot("typed").lifecycle().status()).isEqualTo(BotStatus.STOPPED);
    }

    @Test
    @Tag("SF4")
    @Tag("SF15")
    @Tag("SF10")
    @Tag("SF12")
    void leadsABotThroughItsLife() {
        Instant before = Instant.now();
        suite.everstate(
                "bots",
                "create",
                "--name",
                "lived",
                "--strategy",
                "sma-cross",
                "--parameter",
                "fast=5",
                "--parameter",
                "slow=15",
                "--label",
                "env=test");
        String id = bot("lived").id().toString();
        String named = "Bot " + id + " (lived) is ";

        assertThat(suite.everstate("start-bot", "--bot-id", id)).isEqualTo(said(0, named + "RUNNING."));
        assertThat(suite.everstate("bots", "pause", id)).isEqualTo(said(0, named + "PAUSED."));
        assertThat(suite.everstate("bots", "resume", id)).isEqualTo(said(0, named + "RUNNING."));
        assertThat(suite.everstate("bots", "configure", id, "--parameter", "fast=6", "--label", "desk=7"))
                .isEqualTo(said(0, "Bot " + id + " has version 2 of its configuration now."));
        assertThat(suite.everstate("force-save", "--selector", "env=test"))
                .isEqualTo(said(0, "1 bots saved, 0 refused."));
        assertThat(suite.everstate("bots", "show", id).output())
                .contains("{fast=6, slow=15}", "version 2, labels {desk=7, env=test}", "RUNNING", "BTC/USD");
        assertThat(suite.everstate("bots", "stop", id)).isEqualTo(said(0, named + "STOPPED."));
        assertThat(suite.everstate("bots", "checkpoints", id).output()).contains("SEQUENCE", "yes");
        Outcome noAdmin = suite.everstate("bots", "restore", id, "--dry-run");
        assertThat(noAdmin.exitCode()).as(noAdmin.output()).isEqualTo(4);
        Outcome denied = suite.everstate("bots", "delete", id);
        assertThat(denied.exitCode()).as(denied.output()).isEqualTo(4);
        assertThat(bot("lived").configuration().labels()).containsEntry("env", "test");
        List<BackupView> backups = suite.everstate("list", "--json").read(new TypeReference<>() {});
        assertThat(backups)
                .as("one before the critical change, or before another one that was made less than a minute earlier")
                .anyMatch(backup -> backup.description().startsWith("Backup before ")
                        && backup.requestedAt().isAfter(before.minus(COVERED)));
    }

    @Test
    @Tag("PT10")
    void importsAnotherSystemsStateOnce(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("safe_multi_symbol_state.json");
        Files.writeString(file, PAPER_STATE);
        String[] command = {"import", file.toString(), "--symbol", "BTCUSDT=BTC/USD"};

        Outcome dry = suite.everstate("import", file.toString(), "--symbol", "BTCUSDT=BTC/USD", "--dry-run");
        assertThat(dry.exitCode()).as(dry.output()).isZero();
        assertThat(dry.output()).contains("WOULD BE MADE", "0.3 is a share of the value");
        assertThat(suite.everstate(command).output()).contains("MADE");
        assertThat(suite.everstate(command).exitCode()).isZero();

        BotState bot = bot("safe_multi_symbol_state");
        assertThat(bot.sequence()).as("the repetition made nothing").isOne();
        assertThat(bot.portfolio().trades()).isEqualTo(14);
        assertThat(suite.everstate("bots", "start", bot.id().toString()).exitCode())
                .isZero();
        assertThat(suite.everstate("bots", "stop", bot.id().toString()).exitCode())
                .isZero();
        Files.writeString(file, PAPER_STATE.replace("\"1.0\"", "\"2.0\""));
        Outcome refused = suite.everstate(command);
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
        assertThat(refused.output()).contains("version \"2.0\" is not known");
        assertThat(file).content().contains("\"2.0\"");
    }

    @Test
    @Tag("EC11")
    @Tag("EC13")
    void showsHowTheSystemIs() {
        Patience.await(
                "all is well",
                () -> suite.everstate("health").output(),
                () -> assertThat(suite.everstate("health", "--at-least", "50").exitCode())
                        .isZero());

        Outcome health = suite.everstate("health");

        assertThat(health.output())
                .contains(
                        "Next snapshot: ", "Next backup: FULL of default in ", "object-storage", "postgresql", "kafka")
                .containsPattern("bot-service +[1-9]")
                .containsPattern("recovery-service +[1-9]");
        assertThat(suite.everstate("health", "--at-least", "101").exitCode()).isOne();
        assertThat(suite.everstate("parked")).isEqualTo(said(0, "Every bot is followed."));
        assertThat(suite.everstate("validations").exitCode()).isZero();
    }

    @Test
    @Tag("EC3")
    void registersABotThatRunsElsewhere() {
        Outcome registered = suite.everstate("bots", "register", "--name", "abroad", "--label", "env=away");
        String id = bot("abroad").id().toString();
        Outcome another = suite.everstate("bots", "token", id);

        assertThat(registered.exitCode()).as(registered.output()).isZero();
        assertThat(registered.output())
                .contains("Bot " + id + " (abroad): keep the token now, it is not shown again.", "\nevb_" + id);
        assertThat(another.exitCode()).as(another.output()).isZero();
        assertThat(another.output()).contains("\nevb_" + id).isNotEqualTo(registered.output());
        assertThat(suite.everstate("bots", "freqtrade-config", id, "--format", "FORM")
                        .output())
                .contains("\"webhook\"", "/api/v1/ingest/freqtrade/" + id);
        assertThat(suite.everstate("bots", "start", id).exitCode()).isEqualTo(5);
        assertThat(suite.everstate("bots").output()).containsPattern(id + " +abroad +freqtrade +STOPPED");
    }

    @Test
    @Tag("PT5")
    void showsABotSymbolBySymbolNowAndAsItWas() {
        suite.everstate(
                "bots",
                "create",
                "--name",
                "looked at",
                "--strategy",
                "sma-cross",
                "--symbol",
                "BTC/USD",
                "--symbol",
                "SIM/USD");
        String id = bot("looked at").id().toString();
        suite.everstate("bots", "start", id);
        Patience.await(
                "the fold",
                () -> suite.lastLines("state-service"),
                () -> assertThat(suite.everstate("state", "show", id).output()).contains("RUNNING"));

        Outcome now = suite.everstate("state", "show", id);
        Outcome then = suite.everstate("state", "show", id, "--sequence", "1");

        assertThat(now.exitCode()).as(now.output()).isZero();
        assertThat(now.output())
                .contains(
                        "Bot " + id + " (looked at)", "\nBTC/USD\n", "\nSIM/USD\n", "Entry price:", "Initial balance:")
                .containsPattern("Portfolio: +[0-9.]+ \\([+-][0-9.]+ %\\)");
        assertThat(then.exitCode()).as(then.output()).isZero();
        assertThat(then.output()).contains("STOPPED", "Last event:          1 at ");
        BotState created = suite.everstate("state", "show", id, "--sequence", "1", "--json")
                .read(new TypeReference<>() {});
        assertThat(suite.everstate(
                        "state", "show", id, "--at", created.updatedAt().toString()))
                .isEqualTo(then);
        assertThat(suite.everstate("state", "show", id, "--at", "2000-01-01T00:00:00Z")
                        .exitCode())
                .isEqualTo(5);
    }

    @Test
    @Tag("SF7")
    @Tag("SF3")
    void showsTheSystemAsAWhole() {
        suite.everstate("bots", "create", "--name", "counted", "--strategy", "sma-cross");
        BotState counted = bot("counted");
        Patience.await(
                "the fold",
                () -> suite.lastLines("state-service"),
                () -> assertThat(suite.everstate("system-state").output()).contains(counted.id() + "  counted"));

        Outcome system = suite.everstate("system-state");

        assertThat(system.exitCode()).as(system.output()).isZero();
        assertThat(system.output())
                .contains(
                        counted.configurationVersion().hash().substring(0, 12),
                        "default arbitrage bot  no",
                        "not folded yet         0 records")
                .containsPattern("version +[0-9]")
                .containsPattern("system start time +20")
                .containsPattern("server restarts +[0-9]")
                .containsPattern("registered bots +[1-9]");
        assertThat(suite.everstate("system-state", "--json").read(new TypeReference<Map<String, Object>>() {}))
                .containsKeys("system", "configurations");
    }

    @Test
    @Tag("SF8")
    void showsTheMetricsOfTheLastHours() {
        Patience.await(
                "the first minute",
                () -> suite.lastLines("state-service"),
                () -> assertThat(suite.everstate("metrics-history").output()).contains("TIMESTAMP"));

        Outcome hours = suite.everstate("metrics-history", "--hours", "48");

        assertThat(hours.exitCode()).as(hours.output()).isZero();
        assertThat(hours.output())
                .contains("System metrics of the last 48 hours: ", "RUNNING", "PROFIT", "MEMORY", "UPTIME");
        assertThat(suite.everstate("metrics-history", "--minutes").output()).containsPattern("20[0-9-]+T[0-9:]+Z +");
        assertThat(suite.everstate("metrics-history", "--json").output()).contains("\"points\"", "\"memory\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5|bots start " + UNKNOWN + "|" + UNKNOWN,
                "2|bots create --name x --strategy astrology|astrology",
                "2|bots create --name x --strategy sma-cross --initial-balance -5|initialBalance",
                "2|bots create --name x --strategy sma-cross --symbol DOGE/MOON|DOGE/MOON",
                "2|state show|<bot-id>",
                "5|state show " + UNKNOWN + "|" + UNKNOWN,
                "2|state show nobody|id",
                "2|state show " + UNKNOWN + " --at yesterday|at must be a time",
                "2|state show " + UNKNOWN + " --sequence x|sequence",
                "2|state show " + UNKNOWN + " --sequence 1 --at 2026-01-01T00:00:00Z|mutually exclusive",
                "2|metrics-history --hours many|many",
                "2|metrics-history --hours 0|hours must be between 1 and",
                "2|system-state extra|extra",
                "2|disaster-chek|disaster-chek"
            })
    void saysWhatIsWrongWith(String line) {
        suite.assertRefused(line);
    }

    private static Outcome said(int exitCode, String sentence) {
        return new Outcome(exitCode, sentence + "\n");
    }

    private static BotState bot(String name) {
        List<BotState> bots = suite.everstate("bots", "--json").read(new TypeReference<>() {});
        return bots.stream()
                .filter(bot -> bot.configuration().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
