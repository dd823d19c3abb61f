package io.everstate.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Programs of the machine. */
public final class Tools {
    private Tools() {}

    /** @return what it wrote; it must have succeeded */
    public static String run(Path directory, String... command) {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The README's commands for what lies as {@code 0.tar.gz}, {@code 1.tar.gz} ... in the directory, the FULL first. */
    public static void unpackChain(Path directory, int members) {
        run(directory, "tar", "-xpzf", "0.tar.gz");
        for (var member = 1; member < members; member++) {
            unpackIncremental(directory, member + ".tar.gz");
        }
    }

    public static void unpackIncremental(Path directory, String archive) {
        run(directory, "tar", "-xpzf", archive, "DELETED");
        run(
                directory,
                "sh",
                "-c",
                "grep -z '^workspace/' DELETED | grep -zvE '(^|/)\\.\\.(/|$)' | xargs -0r rm -rf --");
        run(directory, "tar", "-xpzf", archive);
    }
}
