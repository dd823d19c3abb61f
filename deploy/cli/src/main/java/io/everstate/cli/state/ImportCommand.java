package io.everstate.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.cli.client.Imports;
import io.everstate.cli.client.Imports.Imported;
import io.everstate.cli.client.Imports.Result;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Json;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description =
                "Makes bots of another system's state file, which is only read; can be repeated. Ends with 1 if a bot is refused.")
public final class ImportCommand implements Callable<Integer> {
    private static final long LARGEST = 5L << 20;

    /** As {@code --format} takes them. */
    enum Format {
        PAPER_TRADER,
        SNIPERFORGE,
        MAPPED
    }

    @Parameters(
            paramLabel = "<file>",
            description = "safe_multi_symbol_state.json, system_state.json, or any JSON with --mapping")
    private @Nullable Path file;

    @Option(names = "--format", description = "one of ${COMPLETION-CANDIDATES} (default: told by the file)")
    private @Nullable Format format;

    @Option(names = "--mapping", paramLabel = "<file>", description = "what means what in a format of its own, as JSON")
    private @Nullable Path mapping;

    @Option(
            names = "--strategy",
            paramLabel = "<name>",
            description = "of bots that are hosted here (default: sma-cross)")
    private @Nullable String strategy;

    @Option(
            names = "--symbol",
            paramLabel = "<there>=<here>",
            description = "the market here by its name in the file, as BTCUSDT=BTC/USD; can be repeated")
    private Map<String, String> symbols = new LinkedHashMap<>();

    @Option(names = "--zone", paramLabel = "<zone>", description = "of times that have none (default: UTC)")
    private @Nullable String zone;

    @Option(names = "--round", description = "round amounts with more than 8 decimal places instead of refusing them")
    private boolean round;

    @Option(names = "--dry-run", description = "show what would be made, and make nothing")
    private boolean dryRun;

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        if (file == null) {
            throw new IllegalStateException("picocli demands the file");
        }
        Imports.File sent = new Imports.File(
                String.valueOf(file.getFileName()),
                Base64.getEncoder().encodeToString(read(file)),
                format == null ? null : format.name(),
                mapping == null ? null : json(mapping),
                strategy,
                symbols,
                zone,
                round);
        Result result = new Imports(new Services(dataOption.data(), System.getenv())).take(sent, dryRun);
        System.out.println(jsonOption.show(result, () -> sheet(result)));
        return exitCode(result).number();
    }

    static byte[] read(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw new CommandFailedException(
                        ExitCode.USAGE, "%s has %d bytes; at most %d can be imported".formatted(file, size, LARGEST));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.USAGE, "the file " + file + " cannot be read", e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return Json.MAPPER.readTree(read(file));
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.USAGE, "the mapping " + file + " is no JSON: " + e.getMessage(), e);
        }
    }

    static ExitCode exitCode(Result result) {
        return result.bots().stream().anyMatch(Imported::refused) ? ExitCode.FAILED : ExitCode.OK;
    }

    static String sheet(Result result) {
        StringBuilder text = new StringBuilder();
        text.append("%s file, sha256 %s%s%n"
                .formatted(result.format(), result.sha256(), result.dryRun() ? ": a dry run, nothing is made" : ""));
        Table table = new Table("BOT", "NAME", "ID", "OUTCOME", "WHY");
        for (Imported bot : result.bots()) {
            table.row(
                    bot.key(),
                    bot.name(),
                    bot.bot() == null ? "-" : bot.bot().id(),
                    bot.outcome().replace('_', ' '),
                    bot.why() == null ? "" : bot.why());
        }
        text.append(table.render());
        result.bots().forEach(bot -> notes(text, bot.key() + ": ", bot.notes()));
        notes(text, "", result.notes());
        return text.toString();
    }

    private static void notes(StringBuilder text, String of, List<String> notes) {
        notes.forEach(note -> text.append("%n  %s%s".formatted(of, note)));
    }
}
