package io.everstate.platform.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The JVM's archive of loaded classes. The first platform that stops in order writes it, each later one starts with a
 * third of the processor time. The JVM does not replace one that no longer fits, so its name tells what it was made of.
 */
record ClassArchive(Path libraries) {

    /** The JVM's options that use or write the archive; those of older builds are deleted. */
    List<String> options() {
        try {
            Path archive = directory().resolve("classes-" + fingerprint() + ".jsa");
            deleteOutdated();
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

    /** What is older than a library cannot fit it; what is not may be that of another JDK, which still uses it. */
    private void deleteOutdated() throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        for (Path library : list(libraries)) {
            FileTime modified = Files.getLastModifiedTime(library);
            newest = modified.compareTo(newest) > 0 ? modified : newest;
        }
        for (Path file : list(directory())) {
            String name = file.getFileName().toString();
            boolean archive = name.startsWith("classes-") && name.endsWith(".jsa");
            if (archive && Files.getLastModifiedTime(file).compareTo(newest) < 0) {
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
