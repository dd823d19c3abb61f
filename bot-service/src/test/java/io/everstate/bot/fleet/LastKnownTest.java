package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.BotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastKnownTest {
    private static final BotId BOT = SampleBots.id(1);
    private static final BotId OTHER = SampleBots.id(2);

    @TempDir
    Path directory;

    private CheckpointStore store;
    private LastKnown lastKnown;

    @BeforeEach
    void open() {
        store = new CheckpointStore(directory, 5, new SampleJson());
        lastKnown = new LastKnown(store);
    }

    @Test
    void showsTheNewestOfThoseThatAreMeant() throws IOException {
        store.save(SampleBots.traded(BOT, 1));
        store.save(SampleBots.traded(OTHER, 1));
        assertThat(lastKnown.of(BOT::equals)).containsExactly(SampleBots.traded(BOT, 1));

        store.save(SampleBots.traded(BOT, 2));

        assertThat(lastKnown.of(BOT::equals)).containsExactly(SampleBots.traded(BOT, 2));
    }

    @Test
    void readsAFileOnceUntilItForgets() throws IOException {
        var state = SampleBots.traded(BOT, 1);
        store.save(state);
        var before = lastKnown.of(BOT::equals);
        Files.writeString(
                directory.resolve(BOT.toString()).resolve("%020d.checkpoint".formatted(state.sequence())), "broken");

        assertThat(lastKnown.of(BOT::equals)).isEqualTo(before);
        lastKnown.forget();
        assertThat(lastKnown.of(BOT::equals)).isEmpty();
    }
}
