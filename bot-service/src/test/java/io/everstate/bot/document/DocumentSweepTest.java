package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.bot.storage.InMemoryObjectStorage;
import io.everstate.bot.storage.StorageAwayException;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotDeleted;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.DocumentSaved;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.HeartbeatRecorded;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.ReportedStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentSweepTest {
    private static final Duration GRACE = Duration.ofHours(24);
    private static final Duration LONG = Duration.ofDays(3);
    private static final BotId BOT = SampleBots.id(1);

    private final SteppingClock clock = new SteppingClock();
    private final InMemoryObjectStorage storage = new InMemoryObjectStorage(clock);
    private final DocumentSweep sweep = new DocumentSweep(storage, 1, GRACE, clock);
    private BotState state = SampleBots.runningElsewhere(BOT);

    @Test
    void removesWhatWasSupersededLongAgo() throws Exception {
        var first = save("a");
        clock.advance(LONG);
        var second = save("b");
        clock.advance(LONG);
        beat();

        var swept = sweep();

        assertThat(swept).containsExactly(first);
        assertThat(storage.find(second)).isPresent();
    }

    @Test
    void removesAnUploadWhoseEventNeverCounted() throws Exception {
        var orphan = upload("a");
        clock.advance(LONG);
        save("b");
        clock.advance(Duration.ofMinutes(1));

        assertThat(sweep()).containsExactly(orphan);
    }

    /** However old it is, and however many uploads came behind it that were never recorded. */
    @Test
    void neverRemovesWhatTheStateNames() throws Exception {
        var named = save("a");
        for (var content : List.of("b", "c", "d")) {
            clock.advance(LONG);
            upload(content);
        }
        clock.advance(LONG);
        beat();

        assertThat(sweep()).hasSize(2);
        assertThat(storage.find(named)).isPresent();
    }

    /** It may be recorded yet: by this owner, or by the next one, which a replica that slept does not know of. */
    @Test
    void neverRemovesWhatWasYoungAtTheBotsNewestEvent() throws Exception {
        save("a");
        clock.advance(LONG);
        var between = upload("b");
        clock.advance(Duration.ofMinutes(1));
        upload("c");
        beat();
        clock.advance(LONG);

        sweep();

        assertThat(storage.find(between)).isPresent();
    }

    @Test
    void keepsTheNewestFew() throws Exception {
        var two = new DocumentSweep(storage, 2, GRACE, clock);
        var first = save("a");
        for (var content : List.of("b", "c")) {
            clock.advance(LONG);
            save(content);
        }

        assertThat(two.sweep(this::known).removed()).containsExactly(first);
    }

    @Test
    void oneThatCannotBeRemovedStopsNoSweep() throws Exception {
        var stays = storage.refusing(upload("a"));
        var goes = upload("b");
        clock.advance(LONG);
        save("c");

        var swept = sweep.sweep(this::known);

        assertThat(swept.removed()).containsExactly(goes);
        assertThat(swept.left()).singleElement().asString().startsWith(stays + ": ");
    }

    @Test
    void aStorageThatRemovesNothingIsNotAskedForEver() throws Exception {
        for (var i = 0; i < 10; i++) {
            storage.refusing(upload("a"));
        }
        clock.advance(LONG);
        save("b");

        assertThatThrownBy(this::sweep).isInstanceOf(StorageAwayException.class);
        assertThat(storage.refused()).isEqualTo(5);
    }

    /** Not the newest few, nor what its state names; and its newest event will not come that would make it old. */
    @Test
    void removesAllThatADeletedBotLeft() throws Exception {
        var first = save("a");
        var second = save("b");
        then(new BotDeleted("ann"));
        clock.advance(GRACE);
        assertThat(sweep()).isEmpty();
        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void touchesNothingOfBotsThatOthersOwn() throws Exception {
        upload("a");
        upload("b");
        clock.advance(LONG);

        assertThat(sweep.sweep(_ -> Optional.empty()).removed()).isEmpty();
    }

    @Test
    void tellsTheBotsApart() throws Exception {
        var other = SampleBots.id(2);
        var named = save("a");
        var strange = ObjectNames.of(other, clock.instant(), "b".repeat(64));
        put(strange);
        put("documents/what-is-this");
        clock.advance(LONG);
        beat();

        assertThat(sweep()).isEmpty();
        assertThat(storage.find(named)).isPresent();
        assertThat(storage.find(strange)).isPresent();
    }

    private List<String> sweep() {
        return sweep.sweep(this::known).removed();
    }

    private Optional<BotState> known(BotId bot) {
        return bot.equals(BOT) ? Optional.of(state) : Optional.empty();
    }

    /** Uploaded and recorded. */
    private String save(String content) throws Exception {
        var name = upload(content);
        then(new DocumentSaved(new Document("a/b", "a".repeat(64), 1, name), null));
        return name;
    }

    private void beat() {
        then(new HeartbeatRecorded(ReportedStatus.RUNNING, null));
    }

    private void then(BotEvent event) {
        state = SampleBots.then(state, event, clock.instant());
    }

    private String upload(String content) throws Exception {
        var name = ObjectNames.of(BOT, clock.instant(), content.repeat(64));
        put(name);
        return name;
    }

    private void put(String name) throws Exception {
        try (var file = SpooledFile.in(Path.of("target/directories/sweep"))) {
            storage.put(name, file.file(), "a".repeat(64));
        }
    }
}
