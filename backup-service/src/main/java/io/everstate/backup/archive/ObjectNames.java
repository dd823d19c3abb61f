package io.everstate.backup.archive;

import io.everstate.contracts.backup.BackupKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * Where the objects of a backup are: the only place that knows. The names follow from what is known before the backup begins, so that
 * whatever a crash leaves can be found again; by the time in them a person finds a backup without any other tool than an S3 client.
 */
public record ObjectNames(String archive, String manifest) {
    private static final String AGE = ".age";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** @param packing what the archive is packed with: {@code tar.gz.age}; what is beside an encrypted one is encrypted too */
    public static ObjectNames of(String workspace, BackupKind kind, Instant requestedAt, UUID id, String packing) {
        var directory = "backups/%s/%s-%s-%s/"
                .formatted(
                        workspace,
                        TIME.format(requestedAt),
                        kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        id);
        return new ObjectNames(
                directory + "archive." + packing, directory + "manifest.json" + (packing.endsWith(AGE) ? AGE : ""));
    }
}
