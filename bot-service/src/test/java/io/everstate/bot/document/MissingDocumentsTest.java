package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.LoggedLines;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.bot.storage.InMemoryObjectStorage;
import io.everstate.contracts.bot.BotEvent.BotDeleted;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.DocumentSaved;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Document;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingDocumentsTest {
    private static final BotId BOT = SampleBots.id(1);
    private static final int SIZE = 10;

    private final SteppingClock clock = new SteppingClock();
    private final InMemoryObjectStorage storage = new InMemoryObjectStorage(clock);
    private final MissingDocuments missing = new MissingDocuments(storage);
    private final LoggedLines log = new LoggedLines(MissingDocuments.class);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void oneThatIsGoneIsCountedAndNamedOnce() {
        var name = name(BOT);
        var bot = naming(BOT, name);

        missing.look(List.of(bot));
        missing.look(List.of(bot));
        missing.again();
        missing.look(List.of(bot));

        assertThat(missing.count()).isEqualTo(1);
        assertThat(log.all())
                .singleElement()
                .asString()
                .startsWith("ERROR")
                .contains(BOT.toString(), name, "event " + bot.sequence());
    }

    /** A volume can be mounted again. */
    @Test
    void oneThatIsThereAgainIsMissingNoMore() throws Exception {
        var name = name(BOT);
        missing.look(List.of(naming(BOT, name)));
        stored(name, SIZE);

        missing.look(List.of(naming(BOT, name)));

        assertThat(missing.count()).isZero();
    }

    @Test
    void oneThatIsThereIsLookedForOnce() throws Exception {
        var bot = naming(BOT, stored(name(BOT), SIZE));

        missing.look(List.of(bot));
        missing.look(List.of(bot));

        assertThat(missing.count()).isZero();
        assertThat(log.all()).isEmpty();
        assertThat(storage.asked()).isEqualTo(1);
    }

    @Test
    void oneThatIsNotWholeIsMissing() throws Exception {
        missing.look(List.of(naming(BOT, stored(name(BOT), SIZE - 1))));

        assertThat(missing.count()).isEqualTo(1);
    }

    /** Before that nobody knows, so nobody says that it is gone. */
    @Test
    void whatAStorageThatIsAwayDoesNotSayIsAskedAgain() {
        var bots = List.of(naming(BOT, name(BOT)));
        storage.away(true);
        missing.look(bots);
        missing.look(bots);
        assertThat(missing.count()).isZero();
        assertThat(log.all()).singleElement().asString().startsWith("WARN").contains("is not known yet");
        storage.away(false);

        missing.look(bots);

        assertThat(missing.count()).isEqualTo(1);
        assertThat(log.all()).hasSize(2).last().asString().startsWith("ERROR");
    }

    @Test
    void aStorageThatIsAwayIsNotAskedForEveryBot() {
        storage.away(true);

        missing.look(IntStream.range(0, 20)
                .mapToObj(SampleBots::id)
                .map(bot -> naming(bot, name(bot)))
                .toList());

        assertThat(storage.asked()).isEqualTo(5);
    }

    @Test
    void anotherDocumentEndsIt() throws Exception {
        missing.look(List.of(naming(BOT, name(BOT))));

        missing.look(List.of(naming(BOT, stored(name(BOT), SIZE))));

        assertThat(missing.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moved on", "was deleted", "saved into the log"})
    void aBotThatNeedsNoneIsNotCountedAnyMore(String what) {
        var bot = naming(BOT, name(BOT));
        missing.look(List.of(bot));

        missing.look(
                switch (what) {
                    case "was deleted" -> List.of(SampleBots.then(bot, new BotDeleted("ann")));
                    case "saved into the log" -> List.of(naming(BOT, null));
                    default -> List.of();
                });

        assertThat(missing.count()).isZero();
    }

    @Test
    void allAreLookedForAgain() throws Exception {
        var name = stored(name(BOT), SIZE);
        var bots = List.of(naming(BOT, name));
        missing.look(bots);
        storage.delete(name);
        missing.look(bots);
        assertThat(missing.count()).isZero();

        missing.again();
        missing.look(bots);

        assertThat(missing.count()).isEqualTo(1);
    }

    @Test
    void whoHasNoStoredDocumentCostsNoCall() {
        missing.look(List.of(SampleBots.traded(BOT, 3), SampleBots.runningElsewhere(SampleBots.id(2))));

        assertThat(storage.asked()).isZero();
    }

    private static BotState naming(BotId bot, @Nullable String name) {
        var document = new Document("a/b", "a".repeat(64), SIZE, name);
        return SampleBots.then(SampleBots.runningElsewhere(bot), new DocumentSaved(document, name == null ? "" : null));
    }

    private String name(BotId bot) {
        return ObjectNames.of(bot, clock.instant(), "a".repeat(64));
    }

    private String stored(String name, int size) throws Exception {
        try (var file = SpooledFile.in(Path.of("target/directories/missing"))) {
            file.sink().write(new byte[size]);
            storage.put(name, file.file(), "a".repeat(64));
        }
        return name;
    }
}
