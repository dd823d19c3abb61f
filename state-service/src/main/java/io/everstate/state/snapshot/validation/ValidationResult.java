package io.everstate.state.snapshot.validation;

import io.everstate.state.content.Verdict;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one look at a snapshot found. Never changed. */
@Entity
@Table(name = "state_validation_results")
class ValidationResult {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "result")
    Long key;

    @Column
    long snapshot;

    @Column(name = "validated_at")
    Instant validatedAt;

    @Column
    boolean valid;

    @Column
    String findings;

    /** 0 to 100; null of the looks before there was one. */
    @Column
    @Nullable
    Short score;

    protected ValidationResult() {}

    ValidationResult(long snapshot, Instant validatedAt, Verdict verdict) {
        this.snapshot = snapshot;
        this.validatedAt = validatedAt;
        this.valid = verdict.findings().isEmpty();
        this.score = (short) verdict.quality().score();
        this.findings = String.join("\n", verdict.findings());
    }
}
