package io.everstate.cli.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells who a process was, so that a later supervisor can find it again: its id, when it began, and the marker among its arguments.
 * Ids are reused by the operating system: a process counts as ours only if its begin and its arguments agree too, so nobody
 * else's process is ever taken for one of ours.
 */
public record PidFile(long pid, Instant startedAt, String marker) {

    /** Linux counts a process' begin in hundredths of a second since the boot, and the clock may have been set since. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static PidFile of(ProcessHandle process, String marker) {
        Instant begin = process.info().startInstant().orElse(Instant.EPOCH);
        return new PidFile(process.pid(), begin, marker);
    }

    /** The argument that names the installation is the marker of a process that was not started from a {@link ServiceSpec}. */
    public static PidFile ofThisProcess() {
        ProcessHandle self = ProcessHandle.current();
        List<String> arguments = self.info().arguments().map(List::of).orElse(List.of());
        String marker = arguments.stream()
                .filter(argument -> argument.startsWith("-Deverstate.home="))
                .findFirst()
                .orElseGet(() -> arguments.isEmpty() ? "" : arguments.getFirst());
        return of(self, marker);
    }

    /** Empty when the file is absent or was not written whole. */
    public static Optional<PidFile> read(Path file) {
        List<String> lines;
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.size() < 3
                || !lines.getFirst().matches("\\d{1,18}")
                || !lines.get(1).matches("\\d{1,18}")) {
            return Optional.empty();
        }
        Instant begin = Instant.ofEpochMilli(Long.parseLong(lines.get(1)));
        return Optional.of(new PidFile(Long.parseLong(lines.getFirst()), begin, lines.get(2)));
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(temporary, pid + "\n" + startedAt.toEpochMilli() + "\n" + marker + "\n");
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The process, if it is still the same one and alive. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isOurs);
    }

    private boolean isOurs(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        boolean sameBegin = info.startInstant()
                .map(begin -> Duration.between(begin, startedAt).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
        return sameBegin
                && info.arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(marker))
                        .orElse(false);
    }
}
