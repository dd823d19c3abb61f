package io.everstate.state.snapshot.validation;

import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.content.Predecessor;
import io.everstate.state.content.Quality;
import io.everstate.state.content.SnapshotInspection;
import io.everstate.state.content.Verdict;
import io.everstate.state.lease.Fence;
import io.everstate.state.platform.JacksonFormat;
import io.everstate.state.snapshot.store.ChainSequences;
import io.everstate.state.snapshot.store.Cut;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotContents;
import io.everstate.state.snapshot.store.SnapshotCorruptException;
import io.everstate.state.snapshot.store.SnapshotRepository;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private final ChainRules rules;
    private final Predecessors predecessors;
    private final ValidationResults results;
    private final JacksonFormat json;

    SnapshotValidation(
            SnapshotRepository snapshots,
            SnapshotContents contents,
            ChainRules rules,
            Predecessors predecessors,
            ValidationResults results,
            JacksonFormat json) {
        this.snapshots = snapshots;
        this.contents = contents;
        this.rules = rules;
        this.predecessors = predecessors;
        this.results = results;
        this.json = json.strict();
    }

    /** Reads the stored content again, and what it builds on where that is needed, and keeps what was found. */
    public ValidationView validate(UUID id) {
        return validate(id, Fence.NONE);
    }

    /** @throws io.everstate.state.lease.LeaseLostException nothing is kept when the fence does not let it */
    ValidationView validate(UUID id, Fence fence) {
        var snapshot = snapshots.known(id);
        var predecessor = predecessors.of(snapshot);
        var content = verdict(snapshot, predecessor);
        var verdict = content.valid() ? content.and(predecessor.verdict()) : content;
        var at = results.keep(snapshot, verdict, content.valid(), fence);
        if (!verdict.valid()) {
            var what = content.valid() ? "has less than the one before it" : "is not valid";
            LOG.errorf("snapshot %s %s: %s", id, what, verdict.findings());
        }
        return new ValidationView(id, at, content.valid(), verdict.quality().score(), verdict.findings());
    }

    private Verdict verdict(Snapshot snapshot, Predecessor predecessor) {
        var chain = snapshots.chain(snapshot);
        var findings = new ArrayList<>(cut(snapshot));
        findings.addAll(rules.broken(chain));
        var lineage = findings.isEmpty() ? 1 : 0;
        var content = content(snapshot, chain.subList(1, chain.size()), predecessor);
        findings.addAll(content.findings());
        return new Verdict(findings, content.quality().measured(lineage, 1));
    }

    private Verdict content(Snapshot snapshot, List<Snapshot> bases, Predecessor predecessor) {
        try (var content = contents.readResting(snapshot)) {
            var before = new ChainSequences(contents, json, bases);
            return new SnapshotInspection(contents.describe(snapshot), json, before, predecessor).inspect(content);
        } catch (SnapshotCorruptException e) {
            return new Verdict(List.of(e.detail()), new Quality().measured(0, 1));
        } catch (IOException e) {
            throw new UncheckedIOException("the content of snapshot " + snapshot.id() + " cannot be read", e);
        }
    }

    private List<String> cut(Snapshot snapshot) {
        try {
            return json.read(snapshot.cut(), Cut.class).broken();
        } catch (UnreadableRecordException e) {
            return List.of("the cut: " + e.detail());
        }
    }
}
