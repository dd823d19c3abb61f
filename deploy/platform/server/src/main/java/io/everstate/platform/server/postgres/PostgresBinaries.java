package io.everstate.platform.server.postgres;

import io.everstate.platform.server.part.RefusedStartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the class path at first use; several processes may unpack at once. */
final class PostgresBinaries {

    private static final int OWNER_EXECUTES = 0100;

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /** The programs below {@code directory}, unpacked if they are not there yet. */
    static PostgresBinaries in(Path directory) {
        Path home = homeIn(directory);
        try {
            if (!Files.isDirectory(home)) {
                unpack(archiveOfThisMachine(), home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's programs cannot be unpacked to " + home, e);
        }
        return new PostgresBinaries(home);
    }

    /** Where {@link #in} looks for the programs first. */
    static Path homeIn(Path directory) {
        return directory.toAbsolutePath().resolve(archiveOfThisMachine().replace(".txz", ""));
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static String archiveOfThisMachine() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        return "postgres-" + (mac ? "darwin" : "linux") + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }

    private static void unpack(String archive, Path home) throws IOException {
        try (UnfinishedDirectory unpacked = UnfinishedDirectory.of(home)) {
            extract(archive, unpacked.path());
            Files.setPosixFilePermissions(unpacked.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
            unpacked.finish();
        }
    }

    private static void extract(String archive, Path target) throws IOException {
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new RefusedStartException(
                        "there are no PostgreSQL programs for this machine (" + archive + " is not on the class path)");
            }
            try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    extract(tar, entry, target.resolve(entry.getName()).normalize());
                }
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            if ((entry.getMode() & OWNER_EXECUTES) != 0) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
