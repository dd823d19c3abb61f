package io.everstate.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.cli.console.ExitCode;
import io.everstate.contracts.backup.SealCheckView;
import io.everstate.contracts.backup.SealCheckView.Acknowledgement;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import io.everstate.contracts.backup.SealCheckView.Status;
import io.everstate.contracts.backup.SealHead;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class ChainCheckTest {

    private static final UUID ID = UUID.fromString("01999999-0000-7000-8000-000000000001");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final SealHead HEAD = new SealHead(3, "a".repeat(64));
    private static final Finding GONE =
            new Finding(Kind.ARCHIVE_MISSING, "backups/default/x/archive.tar.gz", ID, "9 bytes, sha256 ab", "nothing");

    private static final Finding KNOWN = new Finding(
            Kind.FOREIGN,
            "seals/default/notes.txt",
            null,
            "a seal, or nothing",
            "it is no seal",
            new Acknowledgement("ann", NOON, "put there by hand"));

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
                Stream.of(findings)
                        .filter(finding -> finding.acknowledged() != null)
                        .count(),
                List.of(findings),
                failure);
    }

    @Test
    void endsWithOneForAnyFindingAndForACheckThatDidNotEnd() {
        var well = check(Status.COMPLETED, null);

        assertThat(ChainCheck.exitCode(List.of(well, well))).isEqualTo(ExitCode.OK);
        assertThat(ChainCheck.exitCode(List.of(well, check(Status.COMPLETED, null, GONE))))
                .isEqualTo(ExitCode.FAILED);
        assertThat(ChainCheck.exitCode(List.of(check(Status.COMPLETED, null, GONE, KNOWN))))
                .isEqualTo(ExitCode.FAILED);
        assertThat(ChainCheck.exitCode(List.of(check(Status.FAILED, "the storage is away"))))
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void endsWellWhereAllThatIsFoundIsAcknowledgedAndShowsIt() {
        var known = List.of(check(Status.COMPLETED, null, KNOWN));

        assertThat(ChainCheck.exitCode(known)).isEqualTo(ExitCode.OK);
        assertThat(ChainCheck.report(known))
                .startsWith("""
                        FOREIGN seals/default/notes.txt
                          expected: a seal, or nothing
                          found:    it is no seal
                          acknowledged by ann: put there by hand
                        """)
                .contains("1 findings, 1 of them acknowledged (check %s).".formatted(ID));
    }

    @Test
    void namesTheObjectAndWhatWasExpectedAndFound() {
        assertThat(ChainCheck.report(List.of(check(Status.COMPLETED, null, GONE))))
                .isEqualTo("""
                        ARCHIVE_MISSING backups/default/x/archive.tar.gz
                          expected: 9 bytes, sha256 ab
                          found:    nothing
                        Workspace default: 3 seals, nobody signs them; 1 backups are to be there, 1 were removed, as it is recorded. 1 findings (check %s).
                        Note the head: 3:%s""".formatted(ID, "a".repeat(64)));
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
