package io.everstate.backup.segments.rebuild;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.everstate.backup.segments.format.Segment;
import io.everstate.backup.segments.format.Sha256;
import io.everstate.contracts.backup.TopicRestoreView.Partition;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of a whole archived topic, in the order of its partitions; it ends at the first thing that is not as it should be. */
final class TopicRestore {
    private final ArchivedTopic archived;
    private final @Nullable TopicWriter target;
    private volatile List<Partition> done = List.of();

    /** @param target null for a check */
    TopicRestore(ArchivedTopic archived, @Nullable TopicWriter target) {
        this.archived = archived;
        this.target = target;
    }

    /** The partitions that were begun, as far as they are. */
    List<Partition> done() {
        return done;
    }

    /** @throws ProblemException when the archive has a gap or damage, or the target is not empty */
    void run() {
        if (archived.partitions().isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the bucket has no segment of that topic");
        }
        var partitions = archived.partitionCount();
        if (target != null) {
            target.prepare(partitions);
        }
        for (var partition = 0; partition < partitions; partition++) {
            add(new Partition(partition, 0, 0, 0, ""));
            archived.read(partition, this::take);
        }
    }

    private void take(Segment segment) {
        if (target != null) {
            target.write(segment);
            target.compare(segment);
        }
        var before = done.getLast();
        var sum = before.sha256();
        for (var logged : segment.records()) {
            sum = Sha256.of(ByteBuffer.wrap((sum + logged.digest()).getBytes(US_ASCII)));
        }
        var header = segment.header();
        replaceLast(new Partition(
                before.partition(),
                header.endOffset(),
                before.records() + header.records(),
                before.segments() + 1,
                sum));
    }

    private void add(Partition partition) {
        var more = new ArrayList<>(done);
        more.add(partition);
        done = List.copyOf(more);
    }

    private void replaceLast(Partition partition) {
        var changed = new ArrayList<>(done);
        changed.set(changed.size() - 1, partition);
        done = List.copyOf(changed);
    }
}
