package io.everstate.state.simulation;

import static org.awaitility.Awaitility.await;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.state.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of one test, made of the platform's programs: its files may be spoiled, and it may be stopped. What it says is in
 * {@link #log()}. It has a small disk of its own at {@link #smallDisk()} where this process may mount one.
 */
final class OwnPostgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SMALL = "64m";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path directory;
    private final Path programs;
    private final int port;
    private @Nullable Process process;

    /** @param directory empty */
    OwnPostgres(Path directory) {
        this(directory, programs());
        run("initdb", "-D", cluster().toString(), "--username=postgres", "--auth=trust", "--no-locale", "--no-sync");
    }

    private OwnPostgres(Path directory, Path programs) {
        this.directory = directory;
        this.programs = programs;
        this.port = freePort();
    }

    /**
     * Another server that follows this one: made of a base backup of it while it runs, and of what it streams from then on. Not started.
     *
     * @param other empty
     */
    OwnPostgres standby(Path other) throws SQLException, IOException {
        var standby = new OwnPostgres(other, programs);
        try (var connection = database("postgres").connections().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            copy(cluster(), standby.cluster());
            try (var row = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                row.next();
                Files.writeString(standby.cluster().resolve("backup_label"), row.getString(1));
            }
        }
        Files.deleteIfExists(standby.cluster().resolve("postmaster.pid"));
        Files.createFile(standby.cluster().resolve("standby.signal"));
        Files.writeString(
                standby.cluster().resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'%n".formatted(port));
        return standby;
    }

    /** Files that come and go meanwhile are made good by the log of the server. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectory(to.resolve(from.relativize(directory)), OWNER_ONLY);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                    return FileVisitResult.CONTINUE;
                } catch (NoSuchFileException gone) {
                    return visitFileFailed(file, gone);
                }
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    /** Whether a small disk can be had here. */
    static boolean mayMount() throws IOException, InterruptedException {
        return ROOT
                && new ProcessBuilder(
                                        "unshare",
                                        "-m",
                                        "mount",
                                        "-t",
                                        "tmpfs",
                                        "tmpfs",
                                        System.getProperty("java.io.tmpdir"))
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
    }

    private static Path programs() {
        var database = TestPlatform.shared().database("postgres");
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .flatMap(server -> server.info().command())
                    .map(program -> Path.of(program).resolveSibling(""))
                    .orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path cluster() {
        return directory.resolve("cluster");
    }

    Path smallDisk() {
        return directory.resolve("small");
    }

    Path log() {
        return directory.resolve("log");
    }

    TestDatabase database(String name) {
        return new TestDatabase(
                new Database("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name), "postgres", "none"));
    }

    /** It refuses to run as root; in a user namespace of its own it is nobody and owns its files. */
    private void run(String program, String... arguments) {
        var command = new ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        try {
            var running = builder(asNobody(command)).start();
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || running.exitValue() != 0) {
                throw new IllegalStateException(program + " failed: " + Files.readString(log()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** With the small disk, where that can be had: it is gone with the server. */
    OwnPostgres started() throws IOException, InterruptedException {
        Files.createDirectories(smallDisk());
        var server = List.of(
                programs.resolve("postgres").toString(),
                "-D",
                cluster().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "shared_buffers=16MB");
        process = builder(mayMount() ? withSmallDisk(server) : asNobody(server)).start();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            execute("postgres", "select 1");
            return true;
        });
        return this;
    }

    private static List<String> asNobody(List<String> program) {
        var command = new ArrayList<String>(ROOT ? List.of("unshare", "-U") : List.of());
        command.addAll(program);
        return command;
    }

    private List<String> withSmallDisk(List<String> server) {
        var mounted = "mount -t tmpfs -o size=%s,mode=700 tmpfs \"$0\"; exec unshare -U \"$@\"".formatted(SMALL);
        var command = new ArrayList<>(
                List.of("unshare", "-m", "sh", "-c", mounted, smallDisk().toString()));
        command.addAll(server);
        return command;
    }

    void execute(String database, String sql) throws SQLException {
        try (var connection = database(database).connections().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String one(String database, String query) throws SQLException {
        try (var connection = database(database).connections().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Another byte where that one was, in one of its files. Only while it is stopped. */
    void spoil(String file, long offset) throws IOException {
        try (var channel =
                FileChannel.open(cluster().resolve(file), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) ~one.get(0));
            channel.write(one.rewind(), offset);
        }
    }

    /** Its process and all that it has begun. */
    List<Long> processes() {
        var server = Objects.requireNonNull(process).toHandle();
        var all = new ArrayList<>(List.of(server.pid()));
        server.descendants().forEach(child -> all.add(child.pid()));
        return all;
    }

    @Override
    public void close() {
        var running = process;
        process = null;
        if (running != null) {
            try {
                new ProcessBuilder("kill", "-INT", Long.toString(running.pid()))
                        .start()
                        .waitFor();
                if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
