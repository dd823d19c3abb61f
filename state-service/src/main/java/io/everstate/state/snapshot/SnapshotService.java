package io.everstate.state.snapshot;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.content.SnapshotInspection;
import io.everstate.state.content.SnapshotWriter;
import io.everstate.state.content.Verdict;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes, finds and validates snapshots. A snapshot is valid only after it was read back from the database and every check agreed. */
@Singleton
class SnapshotService {
    private static final Logger LOG = Logger.getLogger(SnapshotService.class);

    private final SnapshotSource source;
    private final SnapshotContents contents;
    private final SnapshotRepository snapshots;
    private final JsonFormat json;
    private final Clock clock;

    SnapshotService(
            SnapshotSource source,
            SnapshotContents contents,
            SnapshotRepository snapshots,
            JsonFormat json,
            Clock clock) {
        this.source = source;
        this.contents = contents;
        this.snapshots = snapshots;
        this.json = json;
        this.clock = clock;
    }

    /** Takes one now and validates what was stored. The answer says whether it is valid. */
    SnapshotView take(SnapshotKind kind) {
        var at = clock.instant();
        var id = TimeOrderedUuid.at(at);
        try {
            var file = Files.createTempFile("snapshot-", ".ndjson.gz");
            try {
                SnapshotSource.Written written;
                try (var target = Files.newOutputStream(file)) {
                    written = source.write(target);
                }
                contents.keep(id, kind, at, written, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a snapshot's temporary file is in trouble", e);
        }
        validate(id);
        return view(snapshot(id));
    }

    /** Reads the stored content again and keeps what was found. */
    ValidationView validate(UUID id) {
        var snapshot = snapshot(id);
        var verdict = verdict(snapshot);
        var at = clock.instant();
        snapshots.judged(snapshot, new ValidationResult(snapshot.key, at, verdict));
        if (!verdict.valid()) {
            LOG.errorf("snapshot %s is not valid: %s", id, verdict.findings());
        }
        return new ValidationView(id, at, verdict.valid(), verdict.findings());
    }

    private Verdict verdict(Snapshot snapshot) {
        var findings = new ArrayList<String>();
        if (snapshot.formatVersion != SnapshotWriter.FORMAT_VERSION) {
            findings.add("format version " + snapshot.formatVersion + " is unknown");
        }
        try {
            findings.addAll(cut(snapshot).broken());
        } catch (UnreadableRecordException e) {
            findings.add("the cut: " + e.detail());
        }
        try (var content = contents.read(snapshot)) {
            findings.addAll(new SnapshotInspection(snapshot.content(), json)
                    .inspect(content)
                    .findings());
        } catch (IOException e) {
            throw new UncheckedIOException("the content of snapshot " + snapshot.id + " cannot be read", e);
        }
        return new Verdict(findings);
    }

    /** The newest first. */
    List<SnapshotView> newest(int limit) {
        return snapshots.newest(limit).stream().map(this::view).toList();
    }

    Optional<SnapshotView> newest() {
        return snapshots.newest().map(this::view);
    }

    SnapshotView find(UUID id) {
        return view(snapshot(id));
    }

    /** @throws SnapshotCorruptException for one that is not known to be valid: nobody shall restore from it */
    InputStream content(UUID id) {
        var snapshot = snapshot(id);
        if (!snapshot.valid) {
            throw new SnapshotCorruptException(id);
        }
        return contents.read(snapshot);
    }

    private Snapshot snapshot(UUID id) {
        return snapshots
                .find(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no snapshot " + id));
    }

    private Cut cut(Snapshot snapshot) {
        return json.read(snapshot.cut, Cut.class);
    }

    private SnapshotView view(Snapshot snapshot) {
        return new SnapshotView(
                snapshot.id,
                snapshot.kind.name(),
                snapshot.formatVersion,
                snapshot.takenAt,
                cut(snapshot).offsets(),
                snapshot.bots,
                snapshot.bytes,
                snapshot.sha256,
                snapshot.valid);
    }
}
