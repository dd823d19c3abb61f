package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.bot.storage.InMemoryObjectStorage;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.util.Map;
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
