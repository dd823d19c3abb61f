package io.everstate.backup.verification;

import io.everstate.contracts.backup.VerificationView.Finding;
import io.everstate.contracts.backup.VerificationView.Result;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came of one archive. */
@Entity
@Table(name = "verification_finding")
class FindingRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long position;

    @Column(name = "verification_id")
    UUID verificationId;

    @Column(name = "backup_id")
    UUID backupId;

    @Enumerated(EnumType.STRING)
    @Column(name = "result")
    Result result;

    @Column(name = "what")
    @Nullable
    String what;

    @Column(name = "bytes")
    long bytes;

    @Column(name = "at")
    Instant at;

    static FindingRow of(UUID verificationId, Finding finding) {
        var row = new FindingRow();
        row.verificationId = verificationId;
        row.backupId = finding.backupId();
        row.result = finding.result();
        row.what = finding.what();
        row.bytes = finding.bytes();
        row.at = finding.at();
        return row;
    }

    Finding finding() {
        return new Finding(backupId, result, what, bytes, at);
    }
}
