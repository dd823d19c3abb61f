package io.everstate.cli.place;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data}, which every command takes. */
public final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "<directory>",
            description = "where Everstate keeps everything (EVERSTATE_DATA; ~/.everstate)")
    private @Nullable Path directory;

    public DataDirectory data() {
        if (directory != null) {
            return new DataDirectory(directory);
        }
        String variable = System.getenv("EVERSTATE_DATA");
        return new DataDirectory(
                variable == null || variable.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".everstate")
                        : Path.of(variable));
    }
}
