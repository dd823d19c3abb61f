package io.everstate.platform.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The JVM's archive of loaded classes. The first platform that stops in order writes it, each later one starts with a
 * third of the processor time. The JVM does not replace one that no longer fits, so its name tells what it was made of.
 */
record ClassArchive(Path libraries) {

    /** The JVM's options that use or write the archive; archives of other builds are deleted. */
    List<String> options() {
        try {
            Path archive = directory().resolve("classes-" + fingerprint() + ".jsa");
            deleteOthers(archive);
            return List.of("-XX:SharedArchiveFile=" + archive, "-XX:+AutoCreateSharedArchive");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + libraries, e);
        }
    }

    private Path directory() {
        return libraries.resolveSibling("");
    }

    private String fingerprint() throws IOException {
        CRC32 sum = new CRC32();
        sum.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
        for (Path library : list(libraries)) {
            String line = library + " " + Files.size(library) + " " + Files.getLastModifiedTime(library) + "\n";
            sum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return Long.toHexString(sum.getValue());
    }

    private void deleteOthers(Path archive) throws IOException {
        for (Path file : list(directory())) {
            String name = file.getFileName().toString();
            if (name.startsWith("classes-") && name.endsWith(".jsa") && !file.equals(archive)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
