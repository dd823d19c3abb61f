package io.everstate.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.cli.console.ExitCode;
import io.everstate.contracts.backup.SealCheckView;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import io.everstate.contracts.backup.SealCheckView.Status;
import io.everstate.contracts.backup.SealHead;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class ChainCheckTest {

    private static final UUID ID = UUID.fromString("01999999-0000-7000-8000-000000000001");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final SealHead HEAD = new SealHead(3, "a".repeat(64));
    private static final Finding GONE =
            new Finding(Kind.ARCHIVE_MISSING, "backups/default/x/archive.tar.gz", ID, "9 bytes, sha256 ab", "nothing");

    private static SealCheckView check(Status status, @Nullable String failure, Finding... findings) {
        return new SealCheckView(
                ID,
                "default",
                status,
                true,
                NOON,
                NOON,
                HEAD,
                3,
                1,
                1,
                null,
                findings.length,
                List.of(findings),
                failure);
    }

    @Test
    void endsWithOneForAnyFindingAndForACheckThatDidNotEnd() {
        var well = check(Status.COMPLETED, null);

        assertThat(ChainCheck.exitCode(List.of(well, well))).isEqualTo(ExitCode.OK);
        assertThat(ChainCheck.exitCode(List.of(well, check(Status.COMPLETED, null, GONE))))
                .isEqualTo(ExitCode.FAILED);
        assertThat(ChainCheck.exitCode(List.of(check(Status.FAILED, "the storage is away"))))
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void namesTheObjectAndWhatWasExpectedAndFound() {
        assertThat(ChainCheck.report(List.of(check(Status.COMPLETED, null, GONE))))
                .isEqualTo("""
                        ARCHIVE_MISSING backups/default/x/archive.tar.gz
                          expected: 9 bytes, sha256 ab
                          found:    nothing
                        Workspace default: 3 seals, nobody signs them; 1 backups are to be there, 1 were removed, as it is recorded. 1 findings.
                        Note the head: 3:%s""".formatted("a".repeat(64)));
    }

    @Test
    void saysWhyItWasNotChecked() {
        assertThat(ChainCheck.report(List.of(check(Status.FAILED, "the storage is away"))))
                .isEqualTo("The chain of workspace default was not checked: the storage is away.");
    }

    @Test
    void readsAHeadAsItShowsIt() {
        var converter = new SealHeadConverter();

        assertThat(converter.convert("3:" + "a".repeat(64))).isEqualTo(HEAD);
        assertThatThrownBy(() -> converter.convert("3:abc")).isInstanceOf(TypeConversionException.class);
    }
}
