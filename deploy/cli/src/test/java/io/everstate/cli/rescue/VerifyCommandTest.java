package io.everstate.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.console.ExitCode;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.ScheduleView;
import io.everstate.contracts.backup.VerificationView;
import io.everstate.contracts.backup.VerificationView.Finding;
import io.everstate.contracts.backup.VerificationView.Result;
import io.everstate.contracts.backup.VerificationView.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCommandTest {

    private static final UUID ID = UUID.fromString("01999999-0000-7000-8000-000000000001");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static VerificationView verification(Status status, Result result, @Nullable String failure) {
        var finding = new Finding(ID, result, "it is so", 42, NOON);
        return new VerificationView(
                ID, "default", null, status, NOON, NOON, NOON, 1, 42, 42, 100, 42L, null, List.of(finding), failure);
    }

    @ParameterizedTest
    @CsvSource({"VERIFIED, OK", "SUMS_AGREE, OK", "GIVEN_UP, OK", "CORRUPTED, FAILED", "MISSING, FAILED"})
    void endsWellOnlyWhenAllIsWell(Result result, ExitCode expected) {
        assertThat(VerifyCommand.exitCode(verification(Status.COMPLETED, result, null), false))
                .isEqualTo(expected);
    }

    @Test
    void aSingleBackupMustHaveBeenRead() {
        var nothing = new VerificationView(
                ID, "default", ID, Status.COMPLETED, NOON, NOON, NOON, 0, 0, 0, 100, 0L, null, List.of(), null);

        assertThat(VerifyCommand.exitCode(nothing, true)).isEqualTo(ExitCode.FAILED);
        assertThat(VerifyCommand.exitCode(nothing, false))
                .as("an empty workspace")
                .isEqualTo(ExitCode.OK);
        assertThat(VerifyCommand.exitCode(verification(Status.COMPLETED, Result.GIVEN_UP, null), true))
                .isEqualTo(ExitCode.FAILED);
        assertThat(VerifyCommand.exitCode(verification(Status.COMPLETED, Result.VERIFIED, null), true))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void endsWithOneWhenNotAllWasRead() {
        assertThat(VerifyCommand.exitCode(verification(Status.FAILED, Result.VERIFIED, "the storage is away"), false))
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void saysWhatCameOfEachArchive() {
        assertThat(VerifyCommand.report(verification(Status.FAILED, Result.MISSING, "the storage is away")))
                .isEqualTo(("%s MISSING: it is so%nRead 1 of 1 archives of workspace default, 42 bytes."
                                + "%nIt ended early: the storage is away.")
                        .formatted(ID));
    }

    @Test
    void showsWhenTheNextBackupsCome() {
        var night = new ScheduleView("default", BackupKind.FULL, NOON, "the times of 0 12 * * *", null, null, 0);
        var never = new ScheduleView("default", BackupKind.INCREMENTAL, null, "none", null, null, 0);

        assertThat(SchedulesCommand.table(List.of(night, never)).lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("2026-11-21T12:00:00Z") && line.contains("0 12 * * *"))
                .anyMatch(line -> line.contains("INCREMENTAL") && line.contains(" - "));
    }
}
