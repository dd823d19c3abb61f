package io.everstate.cli.rescue;

import io.everstate.cli.client.Services;
import io.everstate.cli.client.Storage;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Poll;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.BucketComparisonView;
import io.everstate.contracts.backup.BucketComparisonView.Status;
import io.everstate.contracts.backup.BucketComparisonView.Sweep;
import io.everstate.contracts.backup.StorageView;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "storage",
        description =
                "How full the storage is, and what the bucket does against deletion; its subcommands hold the bucket against the catalogue.")
public final class StorageCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        StorageView now = storage(dataOption).now();
        System.out.println(jsonOption.show(now, () -> StorageSheet.of(now)));
        return ExitCode.OK.number();
    }

    @Command(
            name = "compare",
            description =
                    "Holds the bucket against the catalogue, both ways, by names and sizes, changes nothing, and waits for that. Exit 1 when anything differs.")
    int compare(@Mixin DataOption where, @Mixin JsonOption json) {
        Storage storage = storage(where);
        BucketComparisonView ended =
                ended(storage, storage.compare().id(), comparison -> comparison.status() != Status.RUNNING);
        System.out.println(json.show(ended, () -> StorageSheet.of(ended)));
        return (isWell(ended) ? ExitCode.OK : ExitCode.FAILED).number();
    }

    @Command(
            name = "sweep",
            description =
                    "Removes what a comparison calls ORPHAN and what is one still, and waits for that (admin). What is removed cannot be had back.")
    int sweep(
            @Parameters(
                            paramLabel = "<comparison-id>",
                            description = "as `storage compare` shows it",
                            converter = UuidConverter.class)
                    UUID id,
            @Mixin DataOption where,
            @Mixin JsonOption json) {
        Storage storage = storage(where);
        BucketComparisonView ended =
                ended(storage, storage.sweep(id).id(), comparison -> comparison.sweep() != Sweep.RUNNING);
        System.out.println(json.show(ended, () -> StorageSheet.swept(ended)));
        return (ended.sweep() == Sweep.COMPLETED ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static BucketComparisonView ended(Storage storage, UUID id, Predicate<BucketComparisonView> isEnded) {
        return Poll.until(() -> Optional.of(storage.comparison(id)).filter(isEnded), LOOK, PATIENCE)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED,
                        "comparison " + id + " is not over after " + PATIENCE.toMinutes() + " minutes"));
    }

    private static Storage storage(DataOption where) {
        return new Storage(new Services(where.data(), System.getenv()));
    }

    static boolean isWell(BucketComparisonView comparison) {
        return comparison.status() == Status.COMPLETED && comparison.counts().isEmpty();
    }
}
