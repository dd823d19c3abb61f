package io.everstate.bot.checkpoint;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Replaces files so that a reader sees the old content or the new one, never a part, also after the power failed. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Durable when it returns. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, Durability.FORCED);
    }

    static void write(Path file, byte[] content, Durability durability) throws IOException {
        var directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a directory");
        Files.createDirectories(directory);
        var temporary = directory.resolve("." + file.getFileName() + ".tmp");
        try (var channel = FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            force(channel, durability);
        }
        Files.move(temporary, file, ATOMIC_MOVE);
        try (var channel = FileChannel.open(directory, READ)) {
            force(channel, durability);
        }
    }

    private static void force(FileChannel channel, Durability durability) throws IOException {
        if (durability == Durability.FORCED) {
            channel.force(true);
        }
    }
}
