package io.everstate.benchmarks.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Trees that are larger than what they take on the disk, or of very many files. */
final class ManyFiles {

    private static final int A_DIRECTORY = 1_000;

    private ManyFiles() {}

    /** The same files by second names. */
    static void link(Path source, Path target) {
        try (Stream<Path> walk = Files.walk(source)) {
            List<Path> paths = walk.toList();
            for (Path path : paths) {
                Path second = target.resolve(source.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(second);
                } else {
                    Files.createLink(second, path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many files of a line each, a thousand in a directory. */
    static void make(Path root, int count) {
        try {
            for (int number = 0; number < count; number++) {
                Path directory = root.resolve("%06d".formatted(number / A_DIRECTORY));
                if (number % A_DIRECTORY == 0) {
                    Files.createDirectories(directory);
                }
                Files.write(
                        directory.resolve("order-%03d.json".formatted(number % A_DIRECTORY)),
                        "{\"order\":%d}\n".formatted(number).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
