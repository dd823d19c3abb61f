package io.everstate.state.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.view.BotImport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code system_state.json}: a registry of bots. They run elsewhere, so each becomes a bot of kind EXTERNAL under its own id, with its times and
 * restarts, and with all that the file says of it as its document, but for secrets. A bot that ran is marked as stopped, as its own system does
 * at a start.
 */
final class SniperForge {
    /** The system's own versions; the shape of the file is the same in all of them. */
    static final Pattern VERSIONS = Pattern.compile("0\\.1\\.\\d+|5\\.\\d+\\.\\d+");

    private final Origin origin;
    private final Remarks remarks;

    SniperForge(Origin origin) {
        this.origin = origin;
        this.remarks = origin.reading().remarks();
    }

    List<Draft> read() {
        var fields = Fields.of(origin.file().root(), "", origin.reading());
        requireVersion(fields.text("version"));
        var savedAt = fields.time("snapshot_timestamp");
        var starts = fields.count("server_start_count");
        var uptime = fields.count("total_system_uptime_seconds");
        var standard = fields.optionalText("default_arbitrage_bot").orElse("");
        var points = fields.list("metrics_history").size();
        var hashes = fields.objectOrNothing("configuration_hashes");
        var bots = fields.objects("bots");
        var drafts = new ArrayList<Draft>();
        for (var bot : bots) {
            drafts.add(draft(bot, savedAt, standard));
        }
        fields.requireNoOthers();
        remarks.require();
        remarks.note(
                "not taken over: %d points of metrics_history, %d configuration_hashes, server_start_count %d, uptime %d s: they are of the other system"
                        .formatted(points, hashes, starts, uptime));
        return List.copyOf(drafts);
    }

    private void requireVersion(String version) {
        if (!VERSIONS.matcher(version).matches() && !version.isEmpty()) {
            remarks.wrong(
                    "version", "\"%s\" is not known, only 0.1.x and 5.x.y; the file stays as it is".formatted(version));
        }
        remarks.require();
    }

    private Draft draft(Fields.Named bot, Instant savedAt, String standard) {
        var fields = bot.fields();
        var id = fields.text("bot_id");
        if (!id.equals(bot.key())) {
            fields.wrong("bot_id", "must be the name that it has in bots");
        }
        var type = word(fields, "bot_type");
        var status = word(fields, "status");
        var standardHere = fields.flag("is_default");
        var labels = labels(type, status, standardHere || id.equals(standard));
        var lifecycle = lifecycle(fields, status.equals("Running"), savedAt);
        var config = fields.any("config");
        fields.any("last_known_metrics");
        fields.requireNoOthers();
        return new Draft(
                bot.key(),
                new BotImport(
                        id(fields, bot.key()),
                        BotKind.EXTERNAL,
                        origin.source("SniperForge"),
                        configuration(name(config.orElse(null), type, bot.key()), labels),
                        lifecycle,
                        Map.of(),
                        document(bot)),
                notes(bot, status));
    }

    private static List<String> notes(Fields.Named bot, String status) {
        var notes = new ArrayList<String>();
        if (status.equals("Running")) {
            notes.add("it was running, and is marked as stopped");
        }
        var secrets = Secrets.leaveOut(bot.node().deepCopy());
        if (!secrets.isEmpty()) {
            notes.add("secrets are not taken over: " + String.join(", ", secrets));
        }
        return notes;
    }

    /** {@code "Running"}, or {@code {"Error": "..."}}. */
    private static String word(Fields fields, String field) {
        var value = fields.any(field).orElse(null);
        if (value != null && value.isTextual()) {
            return value.textValue();
        }
        if (value != null && value.isObject() && value.size() == 1) {
            return value.fieldNames().next();
        }
        fields.wrong(field, "must be a word");
        return "";
    }

    private static @Nullable BotId id(Fields fields, String key) {
        try {
            return BotId.of(key);
        } catch (IllegalArgumentException e) {
            fields.wrong("bot_id", "must be a UUID");
            return null;
        }
    }

    private Map<String, String> labels(String type, String status, boolean standard) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("imported-from", "sniperforge");
        labels.put("imported-file", origin.label());
        labels.put("type", Origin.asLabel(type));
        labels.put("was", Origin.asLabel(status));
        if (standard) {
            labels.put("default", "true");
        }
        return labels;
    }

    private static String name(@Nullable JsonNode config, String type, String key) {
        var named = config == null
                ? ""
                : config.path("metadata").path("name").asText().strip();
        var name = named.isEmpty() ? type + " " + key.substring(0, Math.min(8, key.length())) : named;
        return name.substring(0, Math.min(name.length(), 100));
    }

    private static BotConfiguration configuration(String name, Map<String, String> labels) {
        return new BotConfiguration(
                name, "sniperforge", List.of(), Amount.ZERO, Amount.ZERO, Map.of(), RestartPolicy.MANUAL, null, labels);
    }

    private static Lifecycle lifecycle(Fields fields, boolean ran, Instant savedAt) {
        var restarts = fields.count("restart_count");
        if (restarts > Integer.MAX_VALUE) {
            fields.wrong("restart_count", "is too large");
        }
        var started = fields.optionalTime("last_started_at").orElse(null);
        var stopped = fields.optionalTime("last_stopped_at").orElse(null);
        var total = Duration.ofSeconds(fields.count("total_uptime_seconds"));
        var run = ran && started != null && started.isBefore(savedAt)
                ? Duration.between(started, savedAt)
                : Duration.ZERO;
        return new Lifecycle(
                BotStatus.STOPPED,
                fields.time("created_at"),
                started,
                ran ? savedAt : stopped,
                started == null ? null : ran ? StopReason.RESTART : StopReason.REPORTED,
                (int) Math.min(restarts, Integer.MAX_VALUE),
                total.plus(run),
                null);
    }

    private static BotImport.Content document(Fields.Named bot) {
        ObjectNode copy = bot.node().deepCopy();
        Secrets.leaveOut(copy);
        try {
            var bytes = JsonFile.MAPPER.writeValueAsBytes(copy);
            return new BotImport.Content("application/json", Base64.getEncoder().encodeToString(bytes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }
}
