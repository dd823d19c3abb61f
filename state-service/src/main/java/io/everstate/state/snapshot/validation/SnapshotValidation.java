package io.everstate.state.snapshot.validation;

import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.content.SnapshotInspection;
import io.everstate.state.content.Verdict;
import io.everstate.state.platform.JacksonFormat;
import io.everstate.state.snapshot.store.Cut;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotContents;
import io.everstate.state.snapshot.store.SnapshotCorruptException;
import io.everstate.state.snapshot.store.SnapshotRepository;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Reads stored snapshots again and keeps what was found. */
@Singleton
public class SnapshotValidation {
    private static final Logger LOG = Logger.getLogger(SnapshotValidation.class);

    private final SnapshotRepository snapshots;
    private final SnapshotContents contents;
    private final ChainRules chain;
    private final ValidationResults results;
    private final JacksonFormat json;
    private final Clock clock;

    SnapshotValidation(
            SnapshotRepository snapshots,
            SnapshotContents contents,
            ChainRules chain,
            ValidationResults results,
            JacksonFormat json,
            Clock clock) {
        this.snapshots = snapshots;
        this.contents = contents;
        this.chain = chain;
        this.results = results;
        this.json = json.strict();
        this.clock = clock;
    }

    /** Reads the stored content again and keeps what was found. */
    public ValidationView validate(UUID id) {
        var snapshot = snapshots.known(id);
        var verdict = verdict(snapshot);
        var at = clock.instant();
        results.keep(snapshot, new ValidationResult(snapshot.key(), at, verdict));
        if (!verdict.valid()) {
            LOG.errorf("snapshot %s is not valid: %s", id, verdict.findings());
        }
        return new ValidationView(id, at, verdict.valid(), verdict.findings());
    }

    private Verdict verdict(Snapshot snapshot) {
        var findings = new ArrayList<>(cut(snapshot));
        findings.addAll(chain.broken(snapshots.chain(snapshot)));
        try (var content = contents.read(snapshot)) {
            var described = contents.describe(snapshot);
            findings.addAll(
                    new SnapshotInspection(described, json).inspect(content).findings());
        } catch (SnapshotCorruptException e) {
            findings.add(e.detail());
        } catch (IOException e) {
            throw new UncheckedIOException("the content of snapshot " + snapshot.id() + " cannot be read", e);
        }
        return new Verdict(findings);
    }

    private List<String> cut(Snapshot snapshot) {
        try {
            return json.read(snapshot.cut(), Cut.class).broken();
        } catch (UnreadableRecordException e) {
            return List.of("the cut: " + e.detail());
        }
    }
}
