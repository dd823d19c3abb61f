package io.everstate.cli.rescue;

import io.everstate.cli.client.Catalogue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Poll;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.CatalogueRebuildView;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import io.everstate.contracts.backup.CatalogueRebuildView.Problem;
import io.everstate.contracts.backup.CatalogueRebuildView.Status;
import io.everstate.contracts.backup.CatalogueView;
import io.everstate.contracts.backup.CatalogueView.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "catalogue",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Which backups are known, beside what the bucket holds; and the catalogue made again from the bucket.")
public final class CatalogueCommand {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofHours(12);

    @Command(
            name = "show",
            description =
                    "Shows whether each archive of the bucket is known. Exit 1 when one is not, or the bucket cannot be listed: nothing is deleted then.")
    int show(@Mixin DataOption where, @Mixin JsonOption json) {
        CatalogueView now = catalogue(where).now();
        System.out.println(json.show(now, () -> sentence(now)));
        return (now.state() == State.COMPLETE ? ExitCode.OK : ExitCode.FAILED).number();
    }

    @Command(
            name = "rebuild",
            description =
                    "Finds the bucket's backups again, reads every byte of each, and waits for that. Needs the role admin; pins have to be set anew.")
    int rebuild(@Mixin DataOption where, @Mixin JsonOption json) {
        Catalogue catalogue = catalogue(where);
        CatalogueRebuildView begun = catalogue.rebuild();
        CatalogueRebuildView ended = Poll.until(
                        () -> Optional.of(catalogue.rebuild(begun.id())).filter(one -> one.status() != Status.RUNNING),
                        LOOK,
                        PATIENCE)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED, "it has not ended after " + PATIENCE.toHours() + " hours"));
        System.out.println(json.show(ended, () -> sheet(ended)));
        return (isWell(ended) ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static Catalogue catalogue(DataOption where) {
        return new Catalogue(new Services(where.data(), System.getenv()));
    }

    private static boolean isWell(CatalogueRebuildView rebuild) {
        return rebuild.status() == Status.COMPLETED && rebuild.problems().isEmpty();
    }

    static String sentence(CatalogueView now) {
        return switch (now.state()) {
            case COMPLETE -> "All %d archives of the bucket are known.".formatted(now.archives());
            case INCOMPLETE -> "Nothing is deleted: %s.".formatted(now.blocked());
            case UNKNOWN ->
                "The bucket cannot be listed now%s.".formatted(now.blocked() == null ? "" : ": " + now.blocked());
        };
    }

    static String sheet(CatalogueRebuildView rebuild) {
        String outcomes = Arrays.stream(Outcome.values())
                .filter(outcome -> rebuild.outcomes().containsKey(outcome))
                .map(outcome -> rebuild.outcomes().get(outcome) + " " + outcome)
                .collect(Collectors.joining(", "));
        String sum = "The bucket holds %d archives. Not known before: %s."
                .formatted(rebuild.archives(), outcomes.isEmpty() ? "none" : outcomes);
        String failure = rebuild.failure() == null ? "" : "\n" + rebuild.failure() + ".";
        String problems = rebuild.problems().isEmpty() ? "" : "\n\n" + table(rebuild.problems());
        return sum + failure + problems;
    }

    private static String table(List<Problem> problems) {
        Table table = new Table("OBJECT", "OUTCOME", "WHY");
        problems.forEach(problem -> table.row(problem.object(), problem.outcome(), problem.detail()));
        return table.render();
    }
}
