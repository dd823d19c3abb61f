package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.SavedDocument;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DocumentStoreTest {
    private static final byte[] CONTENT = {1, 2, 3};
    private static final SavedDocument SAVED = new SavedDocument(
            7, Instant.EPOCH, new Document("a/b", DocumentStore.sha256(CONTENT), CONTENT.length, null));

    @Test
    void givesBackWhatHasTheHashThatItWasSavedWith() {
        assertThatCode(() -> DocumentStore.requireHash(CONTENT, SAVED)).doesNotThrowAnyException();
    }

    @Test
    void neverGivesBackWhatHasNot() {
        byte[] spoiled = {1, 2, 4};

        var refusal = catchThrowableOfType(ProblemException.class, () -> DocumentStore.requireHash(spoiled, SAVED));

        assertThat(refusal.type()).isEqualTo(ProblemType.CORRUPT);
        assertThat(refusal).hasMessageContaining("event 7");
    }
}
