package io.everstate.cli.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** Keeps the sentences in a rotating file, each with its time, and shows them to the person at the terminal. */
public final class FileJournal implements Journal, AutoCloseable {

    private final RotatingFile file;
    private final Clock clock;
    private final Consumer<String> terminal;

    private FileJournal(RotatingFile file, Clock clock, Consumer<String> terminal) {
        this.file = file;
        this.clock = clock;
        this.terminal = terminal;
    }

    public static FileJournal on(Path path, Clock clock, Consumer<String> terminal) {
        try {
            return new FileJournal(RotatingFile.on(path), clock, terminal);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written", e);
        }
    }

    @Override
    public synchronized void note(String sentence) {
        terminal.accept(sentence);
        String line = clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + sentence + "\n";
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try {
            file.write(bytes, 0, bytes.length);
        } catch (IOException e) {
            terminal.accept("the supervisor's log cannot be written: " + e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
