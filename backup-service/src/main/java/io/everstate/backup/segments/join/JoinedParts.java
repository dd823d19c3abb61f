package io.everstate.backup.segments.join;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.segments.SegmentFindings;
import io.everstate.backup.segments.SegmentObjects;
import io.everstate.backup.segments.format.SegmentCorruptException;
import io.everstate.backup.segments.join.JoinRows.Joined;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Removes the objects of what was joined, when who began to read them may have ended. Before that the joined one is read once more: where it is not whole, what it
 * was joined from takes its place again.
 */
@Singleton
class JoinedParts {
    private static final Logger LOG = Logger.getLogger(JoinedParts.class);

    private final SegmentObjects objects;
    private final SegmentFindings findings;
    private final JoinRows rows;
    private final JoinConfiguration configuration;
    private final JoinMetrics metrics;

    JoinedParts(
            SegmentObjects objects,
            SegmentFindings findings,
            JoinRows rows,
            JoinConfiguration configuration,
            JoinMetrics metrics) {
        this.objects = objects;
        this.findings = findings;
        this.rows = rows;
        this.configuration = configuration;
        this.metrics = metrics;
    }

    /** One that cannot be removed, as while the bucket has it locked, holds up none of another joined segment. */
    void remove(Lease lease) {
        for (var joined : rows.due(configuration.grace())) {
            lease.check();
            try {
                remove(joined, lease);
            } catch (LeaseLostException e) {
                throw e;
            } catch (ProblemException e) {
                metrics.failed();
                LOG.warnf("What %s was joined from is not removed yet: %s", joined.objectName(), e.detail());
            }
        }
    }

    private void remove(Joined joined, Lease lease) {
        if (!isWhole(joined)) {
            metrics.failed();
            var back = rows.takeBack(joined, lease);
            LOG.errorf(
                    back ? "%s is damaged, and what it was joined from has its place again" : "%s is damaged",
                    joined.objectName());
            return;
        }
        for (var part : rows.parts(joined)) {
            lease.check();
            objects.clear(part.objectName());
            rows.removed(joined, part);
            metrics.removed();
        }
    }

    private boolean isWhole(Joined joined) {
        var first = joined.firstOffset();
        try {
            findings.read(joined.partition(), first, () -> {
                var found = objects.read(joined.partition(), first, joined.objectName());
                if (!found.packed().sha256().equals(joined.sha256())) {
                    throw new SegmentCorruptException(joined.objectName() + " is not what was stored");
                }
                return found;
            });
            return true;
        } catch (ProblemException e) {
            if (e.type() == ProblemType.CORRUPT) {
                return false;
            }
            throw e;
        }
    }
}
