package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.bot.storage.InMemoryObjectStorage;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.external.SavedDocument;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class OutgoingDocumentsTest {
    private static final BotId BOT = SampleBots.id(1);
    /** More than one bot has places. */
    private static final int OFTEN = 4;

    private final SteppingClock clock = new SteppingClock();
    private final InMemoryObjectStorage storage = new InMemoryObjectStorage(clock);
    private final DocumentConfiguration configuration = SampleConfiguration.of(
            DocumentConfiguration.class, Map.of("everstate.document.directory", "target/directories/outgoing"));
    private final LargeDocuments large = new LargeDocuments(storage, configuration, clock);
    private final OutgoingDeadline deadline = new OutgoingDeadline(configuration);
    private final OutgoingDocuments outgoing = new OutgoingDocuments(large, deadline, configuration);

    private final CountedReceiver receiver = new CountedReceiver();

    /** Else all of it would be read into memory before the connection can say that it takes no more. */
    @Test
    void itIsReadNoFasterThanItComesToTheConnection() throws Exception {
        var content = new byte[4 * OutgoingDocument.STRETCH];
        var saved = saved(content);

        try (var document = (InputStream) outgoing.given(BOT, saved, receiver).getEntity()) {
            assertThat(document.read(new byte[content.length])).isEqualTo(OutgoingDocument.STRETCH);
            assertThat(receiver.caughtUp).isZero();
            assertThat(document.read()).isZero();
            assertThat(receiver.caughtUp).isEqualTo(1);
            assertThat(document.readAllBytes()).hasSize(content.length - OutgoingDocument.STRETCH - 1);
        }

        assertThat(receiver.caughtUp).isBetween(3, 4);
    }

    @Test
    void aPlaceIsTakenUntilTheLastByteIsGone() throws Exception {
        var saved = saved();
        var first = (InputStream) outgoing.given(BOT, saved, receiver).getEntity();
        var second = (InputStream) outgoing.given(BOT, saved, receiver).getEntity();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> outgoing.given(BOT, saved, receiver))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));

        assertThat(first.readAllBytes()).containsExactly(1, 2, 3);
        first.close();

        ((InputStream) outgoing.given(BOT, saved, receiver).getEntity()).close();
        second.close();
    }

    @Test
    void whatIsNotThereTakesNoPlace() {
        var saved = saved();
        storage.delete(Objects.requireNonNull(saved.document().object()));

        for (var i = 0; i < OFTEN; i++) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> outgoing.given(BOT, saved, receiver))
                    .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.CORRUPT));
        }
    }

    /** As when the process is stopping: the document is there, and nobody would end the receiver's time. */
    @Test
    void whatWasFetchedAndComesToNoAnswerTakesNoPlace() {
        var saved = saved();
        deadline.stop();

        for (var i = 0; i < OFTEN; i++) {
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> outgoing.given(BOT, saved, receiver));
        }
    }

    private SavedDocument saved() {
        return saved(new byte[] {1, 2, 3});
    }

    private SavedDocument saved(byte[] content) {
        var document = large.store(BOT, "a/b", new ByteArrayInputStream(content));
        return new SavedDocument(2, clock.instant(), document);
    }

    private static final class CountedReceiver implements Receiver {
        private int caughtUp;

        @Override
        public void hangUp() {
            throw new AssertionError("it was in time");
        }

        @Override
        public void catchUp() {
            caughtUp++;
        }
    }
}
