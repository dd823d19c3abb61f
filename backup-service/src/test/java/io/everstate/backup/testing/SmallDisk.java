package io.everstate.backup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own that is soon full, in memory; there is none where this process may not mount. */
final class SmallDisk implements AutoCloseable {
    private final Path directory;
    private final boolean mounted;

    /** @param directory that is there */
    SmallDisk(Path directory, int mebibytes) {
        this.directory = directory;
        this.mounted =
                run(List.of("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString()));
    }

    boolean isMounted() {
        return mounted;
    }

    private static boolean run(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (mounted) {
            run(List.of("umount", "--lazy", directory.toString()));
        }
    }
}
