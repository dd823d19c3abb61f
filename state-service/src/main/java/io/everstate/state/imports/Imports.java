package io.everstate.state.imports;

import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.content.Sha256;
import io.everstate.state.imports.ImportView.Imported;
import io.everstate.state.imports.ImportView.Outcome;
import io.everstate.state.peer.BotImports;
import io.everstate.state.peer.CriticalChanges;
import io.everstate.state.peer.PeerException;
import io.everstate.state.platform.Invalid;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file whole before anything is made of it, and has bot-service make its bots, one by one. The same file makes the same bots, once: each
 * has an idempotency key that follows from the file's hash, the bot's place in it and what was said beside it, so an import that ended in the
 * middle is repeated.
 */
@Singleton
final class Imports {
    private static final String STRATEGY = "sma-cross";

    private final BotImports bots;
    private final CriticalChanges critical;
    private final ImportConfiguration configuration;
    private final Clock clock;

    Imports(BotImports bots, CriticalChanges critical, ImportConfiguration configuration, Clock clock) {
        this.bots = bots;
        this.critical = critical;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Makes nothing before there is a backup, where one is required.
     *
     * @throws PeerException UNAVAILABLE when bot-service does not answer: what was made by then stays, and a repetition makes the rest
     */
    ImportView take(ImportRequest request, boolean dryRun, String by) {
        var remarks = new Remarks();
        var origin = origin(request, remarks);
        var format = Objects.requireNonNullElseGet(request.format(), () -> format(origin.file(), request));
        var drafts = switch (format) {
            case PAPER_TRADER -> new PaperTrader(origin).read();
            case SNIPERFORGE -> new SniperForge(origin).read();
            case MAPPED -> new MappedFile(origin, Mapping.of(request.mapping()), clock.instant()).read();
        };
        if (drafts.size() > configuration.maxBots()) {
            throw Invalid.field(
                    "content", "has %d bots; at most %d at once".formatted(drafts.size(), configuration.maxBots()));
        }
        var notes = new ArrayList<>(ofAll(remarks, drafts));
        if (!dryRun) {
            critical.before("%d bots are imported".formatted(drafts.size()), by).ifPresent(notes::add);
        }
        var imported = new ArrayList<Imported>();
        for (var draft : drafts) {
            imported.add(imported(draft, key(request, origin, draft), dryRun));
        }
        return new ImportView(dryRun, format, origin.file().sha256(), imported, notes);
    }

    private Origin origin(ImportRequest request, Remarks remarks) {
        var symbols = request.symbols() == null ? Map.<String, String>of() : request.symbols();
        var strategy = request.strategy() == null || request.strategy().isBlank() ? STRATEGY : request.strategy();
        var reading = new Reading(zone(request.zone()), request.round(), remarks);
        return new Origin(
                JsonFile.of(bytes(request.content())), Origin.plain(request.name()), strategy, symbols, reading);
    }

    private byte[] bytes(@Nullable String base64) {
        if (base64 == null) {
            throw Invalid.field("content", "must be the file in base64");
        }
        var most = configuration.maxSize().asLongValue();
        if (base64.length() / 4L * 3 > most + 2) {
            throw Invalid.field("content", "has more than %d bytes, which is the most".formatted(most));
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Invalid.field("content", "must be the file in base64");
        }
    }

    private static ZoneId zone(@Nullable String zone) {
        try {
            return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw Invalid.field("zone", "must be one as Europe/Berlin or +01:00");
        }
    }

    private static FileFormat format(JsonFile file, ImportRequest request) {
        var root = file.root();
        if (request.mapping() != null && !request.mapping().isNull()) {
            return FileFormat.MAPPED;
        }
        if (root.has("traders")) {
            return FileFormat.PAPER_TRADER;
        }
        if (root.has("bots") && root.has("snapshot_timestamp")) {
            return FileFormat.SNIPERFORGE;
        }
        throw Invalid.field("format", "cannot be told by the file: name it, or give a mapping");
    }

    /** What is said of a bot already is not said of the file again. */
    private static List<String> ofAll(Remarks remarks, List<Draft> drafts) {
        return remarks.notes().stream()
                .filter(note -> drafts.stream().noneMatch(draft -> draft.notes().contains(note)))
                .toList();
    }

    /** With what was said beside the file: who corrects that means another import. Its name does not matter. */
    private static String key(ImportRequest request, Origin origin, Draft draft) {
        var symbols = request.symbols() == null ? Map.of() : new TreeMap<>(request.symbols());
        var text = String.join(
                "\n",
                origin.file().sha256(),
                draft.key(),
                String.valueOf(request.mapping()),
                origin.strategy(),
                symbols.toString(),
                origin.reading().zone().getId(),
                Boolean.toString(request.round()));
        return "import:" + Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private Imported imported(Draft draft, String key, boolean dryRun) {
        var name = draft.bot().configuration().name();
        try {
            var bot = bots.make(draft.bot(), key, dryRun);
            var outcome = bot.sequence() == 0 ? Outcome.WOULD_BE_MADE : Outcome.MADE;
            return new Imported(draft.key(), name, outcome, null, draft.notes(), bot);
        } catch (PeerException e) {
            if (e.type() == ProblemType.UNAVAILABLE) {
                throw e;
            }
            return new Imported(draft.key(), name, Outcome.REFUSED, e.detail(), draft.notes(), null);
        }
    }
}
