package io.everstate.contracts.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.BackupEvent.BackupCompleted;
import io.everstate.contracts.backup.BackupEvent.BackupCorrupted;
import io.everstate.contracts.backup.BackupEvent.BackupDeleted;
import io.everstate.contracts.backup.BackupEvent.BackupFailed;
import io.everstate.contracts.backup.BackupEvent.BackupRecentAgain;
import io.everstate.contracts.backup.BackupEvent.BackupRestored;
import io.everstate.contracts.backup.BackupEvent.BackupStarted;
import io.everstate.contracts.backup.BackupEvent.BackupTooOld;
import io.everstate.contracts.backup.BackupEvent.RecoveryKitRecentAgain;
import io.everstate.contracts.backup.BackupEvent.RecoveryKitTooOld;
import io.everstate.contracts.backup.BackupEvent.RetentionRefused;
import io.everstate.contracts.backup.BackupEvent.SealsBroken;
import io.everstate.contracts.backup.BackupEvent.StorageEased;
import io.everstate.contracts.backup.BackupEvent.StorageFilling;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.wire.EventTypes;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackupEventTest {
    private static final UUID BACKUP = UUID.fromString("019a9b60-1111-7000-8000-000000000001");
    private static final UUID SAFETY = UUID.fromString("019a9b60-1111-7000-8000-000000000002");
    private static final UUID RESTORE = UUID.fromString("019a9b60-1111-7000-8000-000000000003");
    private static final Instant AT = Instant.parse("2026-11-20T02:00:00.125Z");
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private final JacksonFormat json = new JacksonFormat();

    static Stream<BackupEvent> events() {
        return Stream.of(
                new BackupStarted(BACKUP, "default", BackupKind.FULL, AT),
                new BackupCompleted(BACKUP, "default", BackupKind.STATE_ONLY, 48_211, HASH, AT),
                new BackupFailed(BACKUP, "default", BackupKind.CONFIG_ONLY, "the storage does not answer", AT),
                new BackupCorrupted(BACKUP, "default", "logs/bot_state.json has another checksum", AT),
                new BackupDeleted(BACKUP, "default", BackupKind.FULL, "older than 30 days", SAFETY, AT),
                new RetentionRefused(BACKUP, "default", "it would leave 1 good backups, at least 2 must remain", AT),
                new BackupRestored(BACKUP, "default", RESTORE, SAFETY, 3, AT),
                new SealsBroken("default", RESTORE, 2, "SEAL_MISSING seals/default/x: expected it, found nothing", AT),
                new BackupTooOld("default", AT.minusSeconds(50_000), 43_200, AT),
                new BackupRecentAgain("default", AT.minusSeconds(60), AT),
                new StorageFilling(90, 92_000_000_000L, 100_000_000_000L, AT),
                new StorageEased(90, 84_000_000_000L, 100_000_000_000L, AT),
                new RecoveryKitTooOld(AT.minusSeconds(50_000), "it is older than 30 days", AT),
                new RecoveryKitRecentAgain(AT.minusSeconds(60), AT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isWrittenAsItsGoldenText(BackupEvent event) {
        assertThat(new String(json.write(event), UTF_8)).isEqualTo(Golden.text(file(event.eventType())));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isReadFromItsGoldenText(BackupEvent event) {
        var text = Golden.text(file(event.eventType()));

        assertThat(json.read(text.getBytes(UTF_8), event.getClass())).isEqualTo(event);
    }

    @Test
    void hasAGoldenTextForEveryType() {
        var types = EventTypes.byName(BackupEvent.DOMAIN, BackupEvent.class).keySet();

        assertThat(Golden.files("backup"))
                .containsAll(types.stream().map(BackupEventTest::file).toList());
    }

    @Test
    void leavesAnAbsentSafetyBackupOut() {
        var event = new BackupRestored(BACKUP, "default", RESTORE, null, 3, AT);

        assertThat(new String(json.write(event), UTF_8)).doesNotContain("safetyBackupId");
    }

    @Test
    void tellsTheSealOfACompletedBackup() {
        var event = new BackupCompleted(BACKUP, "default", BackupKind.FULL, 1, HASH, AT, new SealHead(7, HASH));

        assertThat(new String(json.write(event), UTF_8))
                .endsWith("\"seal\":{\"number\":7,\"sha256\":\"" + HASH + "\"}}");
    }

    @Test
    void leavesTheTimeOutWhenThereWasNeverABackup() {
        var event = new BackupTooOld("default", null, 43_200, AT);

        assertThat(new String(json.write(event), UTF_8)).doesNotContain("takenAt");
    }

    @Test
    void isKeyedByWhatItIsAbout() {
        assertThat(events().map(BackupEvent::key))
                .containsOnly(BACKUP.toString(), "default", "storage", "recovery-kit")
                .endsWith("default", "default", "storage", "storage", "recovery-kit", "recovery-kit");
    }

    private static String file(String type) {
        return "backup/" + type.replace("io.everstate.backup.", "") + ".json";
    }
}
