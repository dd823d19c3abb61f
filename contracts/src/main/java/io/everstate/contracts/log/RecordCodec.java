package io.everstate.contracts.log;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.wire.EventTypes;
import io.everstate.contracts.wire.IsoTime;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.contracts.wire.UuidText;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records as CloudEvents 1.0 in Kafka's binary mode: attributes are headers {@code ce_...}, the data is JSON. */
public final class RecordCodec {
    /** The header with the record's id. */
    public static final String ID = "ce_id";
    /** The header with the time at which the record was made, see {@link io.everstate.contracts.wire.IsoTime}. */
    public static final String TIME = "ce_time";

    public static final String CLAIM_KEY = "owner";
    private static final String OURS = "io.everstate." + BotEvent.DOMAIN + ".";
    private static final String CLAIMS = OURS + "ownership-claimed.";
    private static final int LONGEST_TEXT = 300;
    private static final String SPECIFICATION = "ce_specversion";
    private static final String SPECIFICATION_VERSION = "1.0";
    private static final String TYPE = "ce_type";
    private static final String SOURCE = "ce_source";
    private static final String SUBJECT = "ce_subject";
    private static final String EPOCH = "ce_epoch";
    private static final String SEQUENCE = "ce_sequence";
    private static final String IDEMPOTENCY_KEY = "ce_idempotencykey";
    private static final String TRACEPARENT = "ce_traceparent";
    /** Only a release has it; without it the record is a claim, also to versions that do not know it. */
    private static final String READ_TO = "ce_readto";
    /**
     * Instead of that one where bots are owed: a version that does not know of these must not take the release for one that owes nothing.
     * To it the record is a claim, so that it takes all bots for lost.
     */
    private static final String OWING_READ_TO = "ce_owingreadto";

    private static final String OWED = "ce_owed";
    private static final String SEPARATOR = ",";

    private static final Map<String, Class<? extends BotEvent>> EVENTS =
            EventTypes.byName(BotEvent.DOMAIN, BotEvent.class);

    private final JsonFormat json;

    public RecordCodec(JsonFormat json) {
        this.json = json;
    }

    /** The data of a claim. */
    record ClaimBody(String address) {
        ClaimBody {
            requireNonNull(address, "address");
        }
    }

    public EncodedRecord encode(LogRecord entry) {
        return switch (entry) {
            case OwnershipClaimed claim -> encode(claim, claim.address(), Map.of());
            case OwnershipReleased release -> encode(release, release.address(), endOf(release));
            case BotEventRecorded recorded -> encode(recorded);
        };
    }

    private EncodedRecord encode(LogRecord entry, String address, Map<String, String> more) {
        var headers = headers(entry, OwnershipClaimed.TYPE, CLAIM_KEY);
        headers.putAll(more);
        return new EncodedRecord(CLAIM_KEY, headers, json.write(new ClaimBody(address)));
    }

    private static Map<String, String> endOf(OwnershipReleased release) {
        var readTo = Long.toString(release.readTo());
        if (release.owed().isEmpty()) {
            return Map.of(READ_TO, readTo);
        }
        var owing = new LinkedHashMap<String, String>();
        owing.put(OWING_READ_TO, readTo);
        owing.put(OWED, release.owed().stream().map(BotId::toString).collect(Collectors.joining(SEPARATOR)));
        return owing;
    }

    private EncodedRecord encode(BotEventRecorded recorded) {
        var key = recorded.bot().toString();
        var headers = headers(recorded, recorded.event().eventType(), key);
        headers.put(SEQUENCE, Long.toString(recorded.sequence()));
        if (recorded.idempotencyKey() != null) {
            headers.put(IDEMPOTENCY_KEY, recorded.idempotencyKey());
        }
        if (recorded.traceparent() != null) {
            headers.put(TRACEPARENT, recorded.traceparent());
        }
        return new EncodedRecord(key, headers, json.write(recorded.event()));
    }

    private static Map<String, String> headers(LogRecord entry, String type, String subject) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(SPECIFICATION, SPECIFICATION_VERSION);
        headers.put(ID, entry.id().toString());
        headers.put(SOURCE, entry.source());
        headers.put(TYPE, type);
        headers.put(TIME, IsoTime.text(entry.time()));
        headers.put(SUBJECT, subject);
        headers.put("content-type", "application/json");
        headers.put(EPOCH, Long.toString(entry.epoch()));
        return headers;
    }

    /** Never fails: whatever stands in the log is one of these. */
    public DecodedRecord read(Map<String, String> headers, byte @Nullable [] data) {
        var type = headers.get(TYPE);
        if (type == null || !type.startsWith(OURS)) {
            return new Foreign(type == null ? "it has no " + TYPE : "its type is " + shortened(type));
        }
        try {
            return new Known(decode(headers, data));
        } catch (UnreadableRecordException e) {
            return notUnderstood(headers, shortened(type), shortened(e.detail()));
        }
    }

    private static DecodedRecord notUnderstood(Map<String, String> headers, String type, String why) {
        if (type.startsWith(CLAIMS)) {
            return new Unattributable("%s: %s".formatted(type, why));
        }
        try {
            var bot = BotId.of(required(headers, SUBJECT));
            var epoch = Long.parseLong(required(headers, EPOCH));
            return new NotUnderstood(bot, epoch, Long.parseLong(required(headers, SEQUENCE)), type, why);
        } catch (IllegalArgumentException | UnreadableRecordException e) {
            return new Unattributable("%s: %s; %s".formatted(type, why, shortened(String.valueOf(e.getMessage()))));
        }
    }

    /** It goes into logs and answers. */
    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }

    /** @throws UnreadableRecordException for an unknown type, a missing or malformed attribute, or unreadable data */
    public LogRecord decode(Map<String, String> headers, byte @Nullable [] data) {
        try {
            return decoded(headers, data == null ? new byte[0] : data);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableRecordException("malformed attribute: " + e.getMessage(), e);
        }
    }

    private LogRecord decoded(Map<String, String> headers, byte[] data) {
        requireKnownSpecification(required(headers, SPECIFICATION));
        var type = required(headers, TYPE);
        var id = UuidText.parse(required(headers, ID));
        var time = IsoTime.parse(required(headers, TIME));
        var source = required(headers, SOURCE);
        var epoch = Long.parseLong(required(headers, EPOCH));
        if (type.equals(OwnershipClaimed.TYPE)) {
            var claim = new OwnershipClaimed(
                    id, time, source, epoch, body(data, ClaimBody.class).address());
            return released(claim, headers).orElse(claim);
        }
        var event = EVENTS.get(type);
        if (event == null) {
            throw new UnreadableRecordException("unknown event type " + type, null);
        }
        return new BotEventRecorded(
                id,
                time,
                source,
                epoch,
                BotId.of(required(headers, SUBJECT)),
                Long.parseLong(required(headers, SEQUENCE)),
                headers.get(IDEMPOTENCY_KEY),
                headers.get(TRACEPARENT),
                body(data, event));
    }

    /** The same record as the end of an ownership; empty when it is the beginning of one. */
    private static Optional<LogRecord> released(OwnershipClaimed claim, Map<String, String> headers) {
        if (headers.containsKey(OWING_READ_TO)) {
            var owed = Stream.of(required(headers, OWED).split(SEPARATOR, -1))
                    .map(BotId::of)
                    .toList();
            return Optional.of(released(claim, required(headers, OWING_READ_TO), owed));
        }
        return Optional.ofNullable(headers.get(READ_TO)).map(readTo -> released(claim, readTo, List.of()));
    }

    private static LogRecord released(OwnershipClaimed claim, String readTo, List<BotId> owed) {
        return new OwnershipReleased(
                claim.id(), claim.time(), claim.source(), claim.epoch(), claim.address(), Long.parseLong(readTo), owed);
    }

    private static void requireKnownSpecification(String version) {
        if (!version.equals(SPECIFICATION_VERSION)) {
            throw new UnreadableRecordException("CloudEvents of version " + version + " are not known", null);
        }
    }

    /** The JSON text {@code null} is null to most JSON libraries. */
    private <T> T body(byte[] data, Class<T> type) {
        var body = json.read(data, type);
        if (body == null) {
            throw new UnreadableRecordException("the data is null", null);
        }
        if (!json.refusesUnknownInWhole() && WholeContent.isIn(type)) {
            WholeContent.unknownIn(type, json.read(data, Map.class)).ifPresent(unknown -> {
                throw new UnreadableRecordException(unknown, null);
            });
        }
        return body;
    }

    private static String required(Map<String, String> headers, String name) {
        var value = headers.get(name);
        if (value == null) {
            throw new UnreadableRecordException("the record has no " + name, null);
        }
        return value;
    }
}
