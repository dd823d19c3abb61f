package io.everstate.backup.swap;

import io.everstate.backup.archive.Manifest.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Ends the process, as far as the code under test can tell, before its nth write: what was written stays, nothing is tidied up. */
final class CrashingDisk extends Disk {
    private int left;
    private int writes;

    /** Thrown through everything, like the end of a process. */
    static final class Crash extends Error {
        Crash() {
            super("crash");
        }
    }

    CrashingDisk(int writesBeforeTheCrash) {
        this.left = writesBeforeTheCrash;
    }

    int writes() {
        return writes;
    }

    private void next() {
        if (left-- == 0) {
            throw new Crash();
        }
        writes++;
    }

    @Override
    void createDirectory(Path directory) throws IOException {
        next();
        super.createDirectory(directory);
    }

    @Override
    void createOwnDirectory(Path directory) throws IOException {
        next();
        super.createOwnDirectory(directory);
    }

    @Override
    OutputStream createFile(Path file) throws IOException {
        next();
        return super.createFile(file);
    }

    @Override
    void createLink(Path link, Path target) throws IOException {
        next();
        super.createLink(link, target);
    }

    @Override
    void dress(Path path, Entry entry) throws IOException {
        next();
        super.dress(path, entry);
    }

    @Override
    void keep(Path file, Path second) throws IOException {
        next();
        super.keep(file, second);
    }

    @Override
    void replace(Path source, Path target) throws IOException {
        next();
        super.replace(source, target);
    }

    @Override
    void flush() throws IOException {
        next();
        super.flush();
    }

    @Override
    void delete(Path path) throws IOException {
        next();
        super.delete(path);
    }
}
