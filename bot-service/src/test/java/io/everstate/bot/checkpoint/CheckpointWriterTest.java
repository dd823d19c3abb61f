package io.everstate.bot.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.KnownState;
import io.everstate.contracts.wire.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("PT2")
class CheckpointWriterTest {
    private static final BotId ONE = SampleBots.id(1);
    private static final BotId OTHER = SampleBots.id(2);

    @TempDir
    Path directory;

    @Test
    void savesInTheBackground() throws InterruptedException {
        var store = new CheckpointStore(directory, 5, new SampleJson());
        var writer = new CheckpointWriter(store);
        var state = SampleBots.traded(ONE, 3);

        writer.save(new KnownState(state, null));

        await().untilAsserted(() -> assertThat(store.newest(ONE)).contains(state));
        writer.stop();
    }

    @Test
    void whileTheDiskIsSlowOnlyTheNewestOfABotIsKept() throws Exception {
        var json = new HeldJson();
        var store = new CheckpointStore(directory, 5, json);
        var writer = new CheckpointWriter(store);
        writer.save(new KnownState(SampleBots.traded(ONE, 0), null));
        json.begun.await();

        for (var fills = 1; fills <= 4; fills++) {
            writer.save(new KnownState(SampleBots.traded(ONE, fills), null));
        }
        writer.save(new KnownState(SampleBots.traded(OTHER, 1), null));
        json.go.countDown();
        writer.stop();

        assertThat(names(ONE)).containsExactly("%020d.checkpoint".formatted(2), "%020d.checkpoint".formatted(6));
        assertThat(store.newest(OTHER)).contains(SampleBots.traded(OTHER, 1));
    }

    @Test
    void aFailedSaveIsNotTheLast() throws Exception {
        var store = new CheckpointStore(directory, 5, new SampleJson());
        Files.writeString(directory.resolve(ONE.toString()), "a file where a directory should be");
        var writer = new CheckpointWriter(store);

        writer.save(new KnownState(SampleBots.traded(ONE, 1), null));
        writer.save(new KnownState(SampleBots.traded(OTHER, 1), null));
        writer.stop();

        assertThat(store.newest(ONE)).isEmpty();
        assertThat(store.newest(OTHER)).contains(SampleBots.traded(OTHER, 1));
    }

    @Test
    void aDefectInOneSaveIsNotTheEndOfAll() throws Exception {
        var store = new CheckpointStore(directory, 5, new FailingJson(ONE));
        var writer = new CheckpointWriter(store);

        writer.save(new KnownState(SampleBots.traded(ONE, 1), null));
        writer.save(new KnownState(SampleBots.traded(OTHER, 1), null));
        writer.stop();

        assertThat(store.newest(OTHER)).contains(SampleBots.traded(OTHER, 1));
    }

    @Test
    void whatWaitsIsWrittenBeforeItStops() throws Exception {
        var store = new CheckpointStore(directory, 5, new SampleJson());
        var writer = new CheckpointWriter(store);
        for (var number = 0; number < 50; number++) {
            writer.save(new KnownState(SampleBots.created(SampleBots.id(number)), null));
        }

        await().atMost(Duration.ofMinutes(1)).until(writer::stop);

        assertThat(store.bots()).hasSize(50);
    }

    @Test
    void itRestsLongerThanASaveTookAndHurriesWhenItStops() throws Exception {
        var store = new CheckpointStore(directory, 5, new SampleJson());
        var writer = new CheckpointWriter(store, 1_000_000);
        writer.save(new KnownState(SampleBots.created(ONE), null));
        await().until(() -> store.newest(ONE).isPresent());

        writer.save(new KnownState(SampleBots.created(OTHER), null));

        await().during(Duration.ofMillis(300)).until(() -> store.newest(OTHER).isEmpty());
        assertThat(writer.stop()).isTrue();
        assertThat(store.newest(OTHER)).isPresent();
    }

    /** Before, one save that the disk held up for a minute kept all others back for four. */
    @Test
    void itRestsForASecondAtMost() throws Exception {
        var store = new CheckpointStore(directory, 5, new SampleJson());
        var writer = new CheckpointWriter(store, 1_000_000);
        writer.save(new KnownState(SampleBots.created(ONE), null));
        writer.save(new KnownState(SampleBots.created(OTHER), null));

        await().atMost(Duration.ofSeconds(8)).until(() -> store.newest(OTHER).isPresent());
        writer.stop();
    }

    private List<String> names(BotId bot) throws IOException {
        try (var files = Files.list(directory.resolve(bot.toString()))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Writes when it is let. */
    private static final class HeldJson implements JsonFormat {
        private final JsonFormat json = new SampleJson();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        @Override
        public byte[] write(Object value) {
            begun.countDown();
            try {
                assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return json.write(value);
        }

        @Override
        public <T> T read(byte[] bytes, Class<T> type) {
            return json.read(bytes, type);
        }
    }

    /** Cannot write one bot. */
    private record FailingJson(BotId unlucky) implements JsonFormat {
        @Override
        public byte[] write(Object value) {
            if (value instanceof BotState state && state.id().equals(unlucky)) {
                throw new IllegalStateException("cannot be written");
            }
            return new SampleJson().write(value);
        }

        @Override
        public <T> T read(byte[] bytes, Class<T> type) {
            return new SampleJson().read(bytes, type);
        }
    }
}
