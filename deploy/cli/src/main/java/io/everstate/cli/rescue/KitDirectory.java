package io.everstate.cli.rescue;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.contracts.backup.RecoveryKitView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** A directory that a recovery kit is written into, and that nothing else is in. */
final class KitDirectory {

    static final String SUMS = "SHA256SUMS";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}");
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> DATA = PosixFilePermissions.fromString("rw-------");

    private final Path directory;

    private KitDirectory(Path directory) {
        this.directory = directory;
    }

    /** @throws CommandFailedException when it is there already, or cannot be made */
    static KitDirectory made(Path directory) {
        try {
            Path absolute = directory.toAbsolutePath().normalize();
            Path parent = absolute.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            return new KitDirectory(Files.createDirectory(absolute, PosixFilePermissions.asFileAttribute(OWNER)));
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(
                    ExitCode.USAGE, directory + " is there already; name a directory that is not", e);
        } catch (IOException e) {
            throw failed(directory + " cannot be made", e);
        }
    }

    Path path() {
        return directory;
    }

    /**
     * Returns when all of it is on the disk and was read again.
     *
     * @throws CommandFailedException when it cannot be written, or is not what the service said
     */
    void write(RecoveryKitView kit) {
        try {
            for (RecoveryKitView.File file : kit.files()) {
                write(file);
            }
            force(directory);
            check(kit);
        } catch (IOException e) {
            throw failed(directory + " cannot be written", e);
        }
    }

    private void write(RecoveryKitView.File file) throws IOException {
        if (!NAME.matcher(file.name()).matches()) {
            throw new CommandFailedException(
                    ExitCode.REFUSED, "a file of the kit has a name that is none: " + file.name());
        }
        Path path = directory.resolve(file.name());
        try (FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(file.executable() ? OWNER : DATA))) {
            ByteBuffer content = ByteBuffer.wrap(file.content().getBytes(StandardCharsets.UTF_8));
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void check(RecoveryKitView kit) throws IOException {
        String sums = Files.readString(directory.resolve(SUMS));
        if (!sha256(sums).equals(kit.sha256())) {
            throw wrong(SUMS);
        }
        for (RecoveryKitView.File file : kit.files()) {
            String line = sha256(Files.readString(directory.resolve(file.name()))) + "  " + file.name();
            if (!file.name().equals(SUMS) && sums.lines().noneMatch(line::equals)) {
                throw wrong(file.name());
            }
        }
    }

    private CommandFailedException wrong(String name) {
        return new CommandFailedException(
                ExitCode.FAILED,
                directory.resolve(name) + " is not what the service made; the kit is not to be relied on");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CommandFailedException failed(String what, IOException cause) {
        return new CommandFailedException(ExitCode.FAILED, what + ": " + cause.getMessage(), cause);
    }
}
