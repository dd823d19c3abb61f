package io.everstate.backup.segments.rebuild;

import io.everstate.backup.segments.SegmentFindings;
import io.everstate.backup.segments.SegmentObjects;
import io.everstate.contracts.backup.TopicRestoreView;
import io.everstate.contracts.backup.TopicRestoreView.Status;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs restores and checks of topics, one at a time, and remembers the last one. All of it is of this process: what it needs is the bucket and Kafka, so
 * that it works where the database is lost too. One that was cut off is begun anew with an empty topic.
 */
@Singleton
class TopicRestores {
    private static final Logger LOG = Logger.getLogger(TopicRestores.class);

    private final SegmentObjects objects;
    private final SegmentFindings findings;
    private final Map<String, Object> kafka;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicReference<@Nullable Run> last = new AtomicReference<>();

    /** @param ended null while it runs */
    private record Run(
            TopicRestoreView begun,
            TopicRestore restore,
            @Nullable TopicRestoreView ended) {
        TopicRestoreView view() {
            return ended == null ? end(Status.RUNNING, null, null) : ended;
        }

        TopicRestoreView end(Status status, @Nullable Instant at, @Nullable String failure) {
            return new TopicRestoreView(
                    begun.id(), begun.topicId(), begun.topic(), status, begun.startedAt(), at, restore.done(), failure);
        }
    }

    TopicRestores(
            SegmentObjects objects,
            SegmentFindings findings,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Clock clock) {
        this.objects = objects;
        this.findings = findings;
        this.kafka = kafka;
        this.clock = clock;
    }

    /**
     * @param topic to be written; null for a check
     * @throws ProblemException CONFLICT while another one runs
     */
    TopicRestoreView start(String topicId, @Nullable String topic) {
        if (!running.compareAndSet(false, true)) {
            throw new ProblemException(ProblemType.CONFLICT, "another restore or check of a topic runs");
        }
        try {
            var target = topic == null ? null : new TopicWriter(kafka, topic);
            var restore = new TopicRestore(new ArchivedTopic(objects, findings, topicId), target);
            var now = clock.instant();
            var begun = new TopicRestoreView(
                    TimeOrderedUuid.at(now), topicId, topic, Status.RUNNING, now, null, restore.done(), null);
            var run = new Run(begun, restore, null);
            last.set(run);
            Thread.ofVirtual().name("topic-restore").start(() -> run(run, target));
            return begun;
        } catch (RuntimeException e) {
            running.set(false);
            throw e;
        }
    }

    private void run(Run run, @Nullable TopicWriter target) {
        try (target) {
            run.restore().run();
            end(run, Status.COMPLETED, null);
        } catch (ProblemException | KafkaException e) {
            end(run, Status.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("A restore of a topic met a defect", e);
            end(run, Status.FAILED, "a defect; the service's log says more");
        } finally {
            running.set(false);
        }
    }

    private void end(Run run, Status status, @Nullable String failure) {
        last.set(new Run(run.begun(), run.restore(), run.end(status, clock.instant(), failure)));
    }

    Optional<TopicRestoreView> find(UUID id) {
        return Optional.ofNullable(last.get())
                .map(Run::view)
                .filter(view -> view.id().equals(id));
    }
}
