package io.everstate.state.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.backup.SegmentView;
import io.everstate.contracts.backup.SegmentView.Status;
import io.everstate.contracts.problem.ProblemType;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A backup-service that has nothing of what it is asked for. */
class SegmentArchiveTest {
    private static final SegmentView SEGMENT =
            new SegmentView("topic", 0, 0, 9, Status.STORED, 10, null, null, null, null, null);

    private final SegmentArchive archive = new SegmentArchive(new SegmentApi() {
        @Override
        public Response partitions() {
            throw new WebApplicationException(404);
        }

        @Override
        public Response list(String topicId, int partition, long from, int limit) {
            throw new WebApplicationException(404);
        }

        @Override
        public Response content(String topicId, int partition, long firstOffset) {
            throw new WebApplicationException(404);
        }
    });

    private static void assertRefused(ProblemType type, ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        PeerException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    @Test
    void whichDoesNotKnowTheListsSaysNothingOfWhatIsArchived() {
        assertRefused(ProblemType.UNAVAILABLE, archive::partitions);
        assertRefused(ProblemType.UNAVAILABLE, () -> archive.from("topic", 0, 0));
    }

    @Test
    void whichHasASegmentNoMoreSaysSo() {
        assertRefused(ProblemType.NOT_FOUND, () -> archive.content(SEGMENT));
    }
}
