package io.everstate.platform.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL's data directory; when it is there, it is whole, its login role included. */
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
        try {
            Files.createDirectories(directory.resolveSibling(""));
            UnfinishedDirectory.sweep(directory);
            try (UnfinishedDirectory unfinished = UnfinishedDirectory.of(directory)) {
                initialize(unfinished.path(), databases);
                Files.deleteIfExists(directory);
                unfinished.finish();
            }
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
}
