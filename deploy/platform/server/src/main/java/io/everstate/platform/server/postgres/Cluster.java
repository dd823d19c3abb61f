package io.everstate.platform.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's data directory. It appears by one rename when it is whole, its login role included. */
final class Cluster {

    private final Path directory;
    private final PostgresPrograms programs;

    Cluster(Path directory, PostgresPrograms programs) {
        this.directory = directory;
        this.programs = programs;
    }

    void createOnce(Databases databases) {
        if (Files.exists(directory.resolve("PG_VERSION"))) {
            return;
        }
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
        try {
            Files.createDirectories(directory.getParent());
            delete(unfinished);
            initialize(unfinished, databases);
            Files.deleteIfExists(directory);
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's directory " + directory + " cannot be made", e);
        }
    }

    /** The superuser gets no password and there is no local socket, so only the login role can come in. */
    private void initialize(Path target, Databases databases) {
        List<String> options = List.of(
                "-D",
                target.toString(),
                "--username=postgres",
                "--auth-host=scram-sha-256",
                "--auth-local=trust",
                "--encoding=UTF8",
                "--no-locale",
                "--no-instructions");
        programs.run("initdb", options, "");
        programs.run(
                "postgres",
                List.of("--single", "-D", target.toString(), "-c", "log_checkpoints=off", "postgres"),
                databases.createLoginRole() + "\n");
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
