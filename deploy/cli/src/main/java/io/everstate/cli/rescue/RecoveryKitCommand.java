package io.everstate.cli.rescue;

import io.everstate.cli.client.RecoveryKits;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.RecoveryKitStatusView;
import io.everstate.contracts.backup.RecoveryKitStatusView.Kept;
import io.everstate.contracts.backup.RecoveryKitStatusView.State;
import io.everstate.contracts.backup.RecoveryKitView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "recovery-kit",
        description = {
            "Writes what restores the newest good backups on a day on which nothing of this runs: catalogue, runbook, scripts of standard tools; no keys.",
            "Keep it where neither this machine nor its bucket can take it along. --status tells whether the one that is kept is of use; exit 1 when none is."
        })
public final class RecoveryKitCommand implements Callable<Integer> {

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(
            names = "--place",
            description = "where it is kept, for people (default: the directory); its age is watched from then on")
    private @Nullable String place;

    /** A new one, or what became of the last. */
    private static final class What {
        @Option(names = "--output", paramLabel = "DIRECTORY", description = "one that is not there yet")
        private @Nullable Path output;

        @Option(names = "--status", description = "whether the one that is kept is of use")
        private boolean status;
    }

    @Override
    public Integer call() {
        RecoveryKits kits = new RecoveryKits(new Services(dataOption.data(), System.getenv()));
        return what.status ? status(kits) : write(kits, Objects.requireNonNull(what.output));
    }

    private int status(RecoveryKits kits) {
        RecoveryKitStatusView status = kits.status();
        System.out.println(jsonOption.show(status, () -> sentence(status)));
        return exitCode(status);
    }

    private static int exitCode(RecoveryKitStatusView status) {
        return (status.state() == State.OK ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private int write(RecoveryKits kits, Path output) {
        RecoveryKitView kit = kits.make();
        KitDirectory directory = KitDirectory.made(output);
        directory.write(kit);
        RecoveryKitStatusView status =
                kits.kept(kit, place == null ? directory.path().toString() : place);
        System.out.println(jsonOption.show(status, () -> written(directory, kit, status)));
        return exitCode(status);
    }

    private static String written(KitDirectory directory, RecoveryKitView kit, RecoveryKitStatusView status) {
        String written =
                "%s: %d files that restore %d backups; begin with RUNBOOK.md. It holds no keys. Keep it where neither this machine nor its bucket can take it along."
                        .formatted(
                                directory.path(),
                                kit.files().size(),
                                kit.backups().size());
        return status.state() == State.OK ? written : written + "\n" + sentence(status);
    }

    static String sentence(RecoveryKitStatusView status) {
        Kept kept = status.kept();
        if (kept == null) {
            return "No recovery kit is kept: " + status.why();
        }
        String of = "The recovery kit of %s (%s, by %s)".formatted(kept.madeAt(), kept.place(), kept.keptBy());
        return status.state() == State.OK
                ? "%s is of use; it is too old after %s.".formatted(of, Duration.ofSeconds(status.tooOldAfterSeconds()))
                : "%s is of no use: %s".formatted(of, status.why());
    }
}
