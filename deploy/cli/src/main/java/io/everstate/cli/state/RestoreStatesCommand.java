package io.everstate.cli.state;

import io.everstate.cli.client.Services;
import io.everstate.cli.client.Snapshots;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Poll;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description =
                "Brings the holdings of bots back to a snapshot, to a time, or of one bot to one of its events; needs the role admin.")
final class RestoreStatesCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** Exactly one of them. */
    static final class TargetOption {
        @Parameters(paramLabel = "<snapshot-id>", description = "as `snapshots list` shows it, or newest")
        private @Nullable String snapshot;

        @Option(names = "--at", paramLabel = "<time>", description = "as they were then, like 2026-11-22T08:00:00Z")
        private @Nullable String at;

        @Option(
                names = "--sequence",
                paramLabel = "<n>",
                description = "one bot as it was after its event of this number")
        private @Nullable Long sequence;

        @Option(
                names = "--cancel",
                paramLabel = "<restore-id>",
                description =
                        "end a restore that is under way: bots whose turn has not come stay what they are, those stopped for it are started again")
        private @Nullable String cancelled;
    }

    /** One of them at most. */
    static final class ScopeOption {
        @Option(names = "--bot", paramLabel = "<bot-id>", description = "this bot alone (default: all bots)")
        private @Nullable String bot;

        @Option(
                names = "--component",
                paramLabel = "<name>",
                description = "the bot of that name that runs elsewhere, or those with the label component=<name>")
        private @Nullable String component;
    }

    @ArgGroup(multiplicity = "1")
    private TargetOption target = new TargetOption();

    @ArgGroup
    private ScopeOption scope = new ScopeOption();

    @Option(names = "--symbol", paramLabel = "<s>", description = "one market alone, as BTC/USD (default: all)")
    private @Nullable String symbol;

    @Option(names = "--restart", description = "stop bots that run for it, and start them again")
    private boolean restart;

    @Option(names = "--dry-run", description = "show what would change, and change nothing")
    private boolean dryRun;

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        Snapshots snapshots = new Snapshots(new Services(dataOption.data(), System.getenv()));
        StateRestoreView begun = begun(snapshots);
        StateRestoreView ended = Poll.until(() -> ended(snapshots.restore(begun.id())), LOOK, PATIENCE)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED,
                        "restore " + begun.id() + " is not finished after " + PATIENCE.toMinutes() + " minutes"));
        List<BotRestoreView> bots = snapshots.bots(ended.id());
        System.out.println(jsonOption.show(Map.of("restore", ended, "bots", bots), () -> RestoreSheet.of(ended, bots)));
        Status wanted = target.cancelled == null ? Status.COMPLETED : Status.CANCELLED;
        return (ended.status() == wanted ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private StateRestoreView begun(Snapshots snapshots) {
        if (target.cancelled != null) {
            return snapshots.cancel(target.cancelled);
        }
        StateRestoreView begun = snapshots.request(request());
        if (!dryRun && !jsonOption.wanted()) {
            System.err.println("Restore " + begun.id() + " is under way; `snapshots restore --cancel " + begun.id()
                    + "` ends it before its time.");
        }
        return begun;
    }

    private StateRestoreRequest request() {
        return new StateRestoreRequest(
                target.snapshot,
                target.at == null ? null : time(target.at),
                target.sequence,
                scope.bot == null ? null : bot(scope.bot),
                scope.component,
                symbol,
                restart,
                dryRun);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CommandFailedException(
                    ExitCode.USAGE, "--at must be a time like 2026-11-22T08:00:00Z, not " + text, e);
        }
    }

    private static BotId bot(String text) {
        try {
            return BotId.of(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.USAGE, "--bot must be a bot's id, not " + text, e);
        }
    }

    private static Optional<StateRestoreView> ended(StateRestoreView restore) {
        return restore.status() == Status.RUNNING ? Optional.empty() : Optional.of(restore);
    }
}
