package io.everstate.benchmarks.bots;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.everstate.benchmarks.figure.Percentile;
import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.checkpoint.Durability;
import io.everstate.cli.console.Json;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Saves one bot's state again and again by the code of bot-service, in a process with its libraries: {@code <state.json> <directory>
 * <rounds>}. Prints the size of a file and each round's p99 with and without forcing the disk, in milliseconds.
 */
final class CheckpointProbe {

    private static final int WARM_UP = 3_000;
    private static final int SAVES = 1_000;
    private static final int FORCED_SAVES = 200;
    private static final int KEPT = 5;
    private static final double NANOS_A_MILLISECOND = 1e6;

    private CheckpointProbe() {}

    public static void main(String[] arguments) throws IOException {
        BotState state = Json.MAPPER.readValue(Files.readAllBytes(Path.of(arguments[0])), BotState.class);
        Path directory = Path.of(arguments[1]);
        CheckpointStore buffered = new CheckpointStore(directory, KEPT, new PlainJson(), Durability.BUFFERED);
        CheckpointStore forced = new CheckpointStore(directory, KEPT, new PlainJson());
        p99(buffered, state, WARM_UP);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
            out.printf(
                    Locale.ROOT,
                    "%d %.4f %.4f%n",
                    buffered.list(state.id()).getFirst().bytes(),
                    p99(buffered, state, SAVES),
                    p99(forced, state, FORCED_SAVES));
        }
    }

    private static double p99(CheckpointStore store, BotState state, int saves) throws IOException {
        List<Double> milliseconds = new ArrayList<>(saves);
        for (int save = 0; save < saves; save++) {
            long begin = System.nanoTime();
            store.save(state);
            milliseconds.add((System.nanoTime() - begin) / NANOS_A_MILLISECOND);
        }
        return Percentile.of(99, milliseconds);
    }

    private static final class PlainJson implements JsonFormat {

        @Override
        public byte[] write(Object value) {
            try {
                return Json.MAPPER.writeValueAsBytes(value);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public <T> T read(byte[] json, Class<T> type) {
            try {
                return Json.MAPPER.readValue(json, type);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
