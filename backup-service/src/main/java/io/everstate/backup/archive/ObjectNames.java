package io.everstate.backup.archive;

import io.everstate.contracts.backup.BackupKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where the objects of a backup are: the only place that knows. The names follow from what is known before the backup begins, so that
 * whatever a crash leaves can be found again; by the time in them a person finds a backup without any other tool than an S3 client.
 */
public record ObjectNames(String archive, String manifest) {
    /** Of all objects of backups. */
    public static final String PREFIX = "backups/";

    private static final String ARCHIVE = "archive.";
    private static final String TAR = "tar";
    private static final String MANIFEST = "manifest.json";
    private static final Pattern PLACE = Pattern.compile(
            PREFIX
                    + "(?<workspace>[^/]+)/(?<time>[0-9]{8}T[0-9]{6}Z)-(?<kind>full|state-only|config-only|logs-only|incremental)"
                    + "-(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?<file>archive\\.tar\\.[a-z.]+|manifest\\.json(?:\\.gz|\\.zst)?(?:\\.age)?)");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** @param packing what the archive is packed with: {@code tar.gz.age}; what is beside it is compressed and encrypted as it is */
    public static ObjectNames of(String workspace, BackupKind kind, Instant requestedAt, UUID id, String packing) {
        var directory = PREFIX
                + "%s/%s-%s-%s/"
                        .formatted(
                                workspace,
                                TIME.format(requestedAt),
                                kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                id);
        return new ObjectNames(directory + ARCHIVE + packing, directory + MANIFEST + packing.substring(TAR.length()));
    }

    /** All under which a backup may have left something, that of a manifest of before they were compressed among them. */
    public List<String> all() {
        var uncompressed = manifest.replaceFirst("\\.(gz|zst)(?=$|\\.age$)", "");
        return List.of(manifest, uncompressed, archive);
    }

    /**
     * What the name of an object says.
     *
     * @param time to the second
     * @param packing of an archive, {@code tar.gz}; empty of a manifest
     */
    public record Place(String workspace, Instant time, BackupKind kind, UUID id, String packing) {
        public boolean ofManifest() {
            return packing.isEmpty();
        }
    }

    /** Empty when it is no object of a backup. */
    public static Optional<Place> placeOf(String object) {
        var parts = PLACE.matcher(object);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var file = parts.group("file");
        try {
            return Optional.of(new Place(
                    parts.group("workspace"),
                    TIME.parse(parts.group("time"), Instant::from),
                    BackupKind.valueOf(
                            parts.group("kind").toUpperCase(Locale.ROOT).replace('-', '_')),
                    UUID.fromString(parts.group("id")),
                    file.startsWith(ARCHIVE) ? file.substring(ARCHIVE.length()) : ""));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
