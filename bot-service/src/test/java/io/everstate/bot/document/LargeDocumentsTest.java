package io.everstate.bot.document;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.bot.storage.InMemoryObjectStorage;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.DocumentSaved;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargeDocumentsTest {
    private static final BotId BOT = SampleBots.id(1);

    private final SteppingClock clock = new SteppingClock();
    private final InMemoryObjectStorage storage = new InMemoryObjectStorage(clock);

    /** What is kept in any case must not fill the room: nothing would ever make any. */
    @ParameterizedTest(name = "stored {0}, kept {1}: {2}")
    @CsvSource({"4, 1, 4", "1, 3, 5"})
    void ofOneBotThereIsNoMoreThanItMayHave(int stored, int kept, int room) {
        var large = large(stored, kept);
        for (var i = 0; i < room; i++) {
            store(large, BOT);
        }

        var refusal = catchThrowableOfType(ProblemException.class, () -> store(large, BOT));

        assertThat(refusal.type()).isEqualTo(ProblemType.CONFLICT);
        assertThat(refusal).hasMessageContaining("may hold %d (everstate.document.stored)".formatted(room * 10));
    }

    @Test
    void whatOneBotHasIsNotCountedForAnother() {
        var large = large(3, 1);
        for (var i = 0; i < 3; i++) {
            store(large, SampleBots.id(2));
        }

        assertThat(store(large, BOT).size()).isEqualTo(10);
    }

    /** It stores one more. Before anything happens, and a dry run says it too. */
    @Test
    void whoHasNoRoomCannotGoBackToAStoredDocument() {
        var large = large(3, 1);
        var old = SampleBots.then(
                SampleBots.runningElsewhere(BOT), new DocumentSaved(store(large, BOT), null), clock.instant());
        store(large, BOT);
        var last = store(large, BOT);

        for (var restore : List.<ThrowingCallable>of(() -> large.requireRestorable(old), () -> large.storedAnew(old))) {
            var refusal = catchThrowableOfType(ProblemException.class, restore);
            assertThat(refusal.type()).isEqualTo(ProblemType.CONFLICT);
            assertThat(refusal)
                    .hasMessageContaining("holds 30 bytes of this bot and may hold 30 (everstate.document.stored)");
        }

        assertThat(stored()).hasSize(3);
        storage.delete(requireNonNull(last.object()));
        large.requireRestorable(old);
        assertThat(stored()).hasSize(2);
        large.storedAnew(old);
        assertThat(stored()).hasSize(3);
    }

    /** A forged size must not make the sum wrap around. */
    @Test
    void whatIsLargerThanAnyRoomCannotBeGoneBackTo() {
        var large = large(3, 1);
        var there = store(large, BOT);
        var forged = new Document(there.contentType(), there.sha256(), Long.MAX_VALUE, there.object());
        var state = SampleBots.then(SampleBots.runningElsewhere(BOT), new DocumentSaved(forged, null), clock.instant());

        var refusal = catchThrowableOfType(ProblemException.class, () -> large.requireRestorable(state));

        assertThat(refusal.type()).isEqualTo(ProblemType.CONFLICT);
    }

    private List<String> stored() {
        var names = new ArrayList<String>();
        storage.list(ObjectNames.PREFIX, object -> names.add(object.name()));
        return names;
    }

    private LargeDocuments large(int stored, int kept) {
        var settings = Map.of(
                "everstate.document.largest",
                "10",
                "everstate.document.directory",
                "target/directories/large",
                "everstate.document.stored",
                Integer.toString(stored),
                "everstate.document.kept",
                Integer.toString(kept));
        return new LargeDocuments(storage, SampleConfiguration.of(DocumentConfiguration.class, settings), clock);
    }

    private static Document store(LargeDocuments large, BotId bot) {
        return large.store(bot, "a/b", new ByteArrayInputStream(new byte[10]));
    }
}
