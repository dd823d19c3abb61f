package io.everstate.cli.place;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** All that Everstate keeps on one machine. Only its owner can look into it. */
public record DataDirectory(Path root) {

    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    public Path platform() {
        return root.resolve("platform");
    }

    public Path identity() {
        return root.resolve("identity");
    }

    public Path token(String name) {
        return identity().resolve(name + ".token");
    }

    public Path log(String service) {
        return root.resolve("logs").resolve(service + ".log");
    }

    public Path pidFile(String service) {
        return run().resolve(service + ".pid");
    }

    /** Where the running suite can be reached. */
    public Path addresses() {
        return run().resolve("addresses.json");
    }

    /** Held by the one supervisor that works on this directory. */
    public Path lock() {
        return run().resolve("supervisor.lock");
    }

    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Large documents of bots on their way to the storage; empty when nothing runs. */
    public Path documents() {
        return root.resolve("documents");
    }

    public Path workspace() {
        return root.resolve("workspaces").resolve("default");
    }

    private Path run() {
        return root.resolve("run");
    }

    /** Creates what is missing; what is there stays as it is. */
    public void create() {
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root);
                if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
                }
            }
            for (Path directory : new Path[] {platform(), identity(), run(), checkpoints(), workspace()}) {
                Files.createDirectories(directory);
            }
            Files.createDirectories(log("any").getParent());
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.NOT_STARTED,
                    "the data directory " + root + " cannot be made: " + reason(e) + "; --data names another",
                    e);
        }
    }

    /** Java's own messages are often the path and nothing else. */
    private static String reason(IOException failure) {
        return switch (failure) {
            case FileAlreadyExistsException there -> there.getFile() + " is no directory";
            case AccessDeniedException denied -> "there is no permission to write " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " is where no directory can be";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> failure.toString();
        };
    }
}
