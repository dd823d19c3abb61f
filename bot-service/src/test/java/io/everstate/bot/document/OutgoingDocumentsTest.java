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

    @Test
    void aPlaceIsTakenUntilTheLastByteIsGone() throws Exception {
        var saved = saved();
        var first = (InputStream) outgoing.given(BOT, saved, () -> {}).getEntity();
        var second = (InputStream) outgoing.given(BOT, saved, () -> {}).getEntity();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> outgoing.given(BOT, saved, () -> {}))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));

        assertThat(first.readAllBytes()).containsExactly(1, 2, 3);
        first.close();

        ((InputStream) outgoing.given(BOT, saved, () -> {}).getEntity()).close();
        second.close();
    }

    @Test
    void whatIsNotThereTakesNoPlace() {
        var saved = saved();
        storage.delete(Objects.requireNonNull(saved.document().object()));

        for (var i = 0; i < OFTEN; i++) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> outgoing.given(BOT, saved, () -> {}))
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
                    .isThrownBy(() -> outgoing.given(BOT, saved, () -> {}));
        }
    }

    private SavedDocument saved() {
        var document = large.store(BOT, "a/b", new ByteArrayInputStream(new byte[] {1, 2, 3}));
        return new SavedDocument(2, clock.instant(), document);
    }
}
