package io.everstate.backup.workspace;

import java.io.IOException;
import java.nio.file.Path;

/** A link, a directory, a device or the like is where a file was expected; none of them is read in its place. */
public final class NotAFileException extends IOException {
    public NotAFileException(Path path) {
        super(path + " is no file");
    }
}
