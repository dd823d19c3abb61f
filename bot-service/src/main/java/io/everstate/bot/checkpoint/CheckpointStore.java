package io.everstate.bot.checkpoint;

import static java.util.Comparator.comparingLong;
import static java.util.Comparator.reverseOrder;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.KnownState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The newest states of each bot in a directory: {@code <bot>/<sequence, 20 digits>.checkpoint}; files of earlier releases end in
 * {@code .json}. A file that does not verify is never used: the one before it is.
 */
public final class CheckpointStore {
    private static final Logger LOG = Logger.getLogger(CheckpointStore.class);
    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.(checkpoint|json)");

    private final Path directory;
    private final int kept;
    private final CheckpointDocument document;
    private final Durability durability;

    public CheckpointStore(Path directory, int kept, JsonFormat json) {
        this(directory, kept, json, Durability.FORCED);
    }

    /** With files that are less than durable, to measure what the rest of a save takes. */
    public CheckpointStore(Path directory, int kept, JsonFormat json, Durability durability) {
        this.directory = directory;
        this.kept = kept;
        this.document = new CheckpointDocument(json);
        this.durability = durability;
    }

    private record Named(long sequence, Path path) {}

    /** Durable when it returns; then files beyond the number to keep are removed. One that holds this state is left as it is. */
    public void save(BotState state) throws IOException {
        save(new KnownState(state, null));
    }

    /** The same, with the ownership in which it was known. */
    public void save(KnownState known) throws IOException {
        var state = known.state();
        var file = new Named(state.sequence(), fileOf(state));
        if (Files.exists(file.path())
                && verified(state.id(), file)
                        .filter(kept -> kept.state().equals(state))
                        .isPresent()) {
            return;
        }
        AtomicFile.write(file.path(), document.of(known), durability);
        for (var old : files(state.id()).stream().skip(kept).toList()) {
            Files.deleteIfExists(old.path());
        }
    }

    /** The newest state that verifies. */
    public Optional<BotState> newest(BotId bot) {
        return newestBefore(bot, Long.MAX_VALUE);
    }

    /** The same, with the ownership in which it was known. */
    public Optional<KnownState> newestKnown(BotId bot) {
        return newestKnownBefore(bot, Long.MAX_VALUE);
    }

    /** The newest state that verifies among those before a sequence. */
    public Optional<BotState> newestBefore(BotId bot, long sequence) {
        return newestKnownBefore(bot, sequence).map(KnownState::state);
    }

    private Optional<KnownState> newestKnownBefore(BotId bot, long sequence) {
        return files(bot).stream()
                .filter(file -> file.sequence() < sequence)
                .flatMap(file -> verified(bot, file).stream())
                .findFirst();
    }

    /** The number of a bot's newest file, whether it verifies or not. */
    public Optional<Long> newestSequence(BotId bot) {
        return files(bot).stream().map(Named::sequence).findFirst();
    }

    /**
     * The state of one file.
     *
     * @throws ProblemException NOT_FOUND when there is none of that sequence, CORRUPT with its defect when it does not verify
     */
    public BotState read(BotId bot, long sequence) {
        var file = files(bot).stream()
                .filter(named -> named.sequence() == sequence)
                .findFirst()
                .orElseThrow(() -> missing(bot, sequence));
        try {
            return read(bot, file).state();
        } catch (IOException | ProblemException e) {
            var detail = "checkpoint %d of bot %s is not used: %s".formatted(sequence, bot, e.getMessage());
            throw new ProblemException(ProblemType.CORRUPT, detail, e);
        }
    }

    private ProblemException missing(BotId bot, long sequence) {
        var there = files(bot).stream().map(Named::sequence).toList();
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "there is no checkpoint %d of bot %s here; there are %s".formatted(sequence, bot, there));
    }

    /** All files of a bot, the newest first, each verified now. */
    public List<CheckpointFile> list(BotId bot) {
        return files(bot).stream()
                .flatMap(file -> described(bot, file).stream())
                .toList();
    }

    /** Empty when it was removed meanwhile: a newer one is there then. */
    private Optional<CheckpointFile> described(BotId bot, Named file) {
        try {
            var bytes = Files.readAllBytes(file.path());
            var savedAt = Files.getLastModifiedTime(file.path()).toInstant();
            return Optional.of(new CheckpointFile(
                    file.sequence(),
                    savedAt,
                    CheckpointDocument.hashIn(bytes),
                    bytes.length,
                    defect(bot, file, bytes).orElse(null)));
        } catch (IOException e) {
            LOG.debugf("checkpoint %s is not listed: %s", file.path(), e.getMessage());
            return Files.exists(file.path())
                    ? Optional.of(new CheckpointFile(file.sequence(), Instant.EPOCH, "", 0, "it cannot be read"))
                    : Optional.empty();
        }
    }

    private Optional<String> defect(BotId bot, Named file, byte[] bytes) {
        try {
            requireOwn(document.read(bytes), bot, file);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.detail());
        }
    }

    /** Every bot that has a directory here; what else lies there is passed over. */
    public List<BotId> bots() {
        return listed(directory).stream().flatMap(path -> botOf(path).stream()).toList();
    }

    private static Optional<BotId> botOf(Path folder) {
        try {
            return Optional.of(BotId.of(folder.getFileName().toString()));
        } catch (IllegalArgumentException e) {
            LOG.debugf("%s is no bot's directory: %s", folder, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<KnownState> verified(BotId bot, Named file) {
        try {
            return Optional.of(read(bot, file));
        } catch (IOException | ProblemException e) {
            LOG.errorf("checkpoint %s is not used: %s", file.path(), e.getMessage());
            return Optional.empty();
        }
    }

    private KnownState read(BotId bot, Named file) throws IOException {
        return requireOwn(document.read(Files.readAllBytes(file.path())), bot, file);
    }

    /** A file that was copied to another place is whole and still wrong there. */
    private static KnownState requireOwn(KnownState known, BotId bot, Named file) {
        var state = known.state();
        if (!state.id().equals(bot) || state.sequence() != file.sequence()) {
            throw new ProblemException(
                    ProblemType.CORRUPT, "it holds event %d of bot %s".formatted(state.sequence(), state.id()));
        }
        return known;
    }

    /** Newest first. */
    private List<Named> files(BotId bot) {
        return listed(directory.resolve(bot.toString())).stream()
                .flatMap(path -> named(path).stream())
                .sorted(comparingLong(Named::sequence).reversed().thenComparing(Named::path, reverseOrder()))
                .toList();
    }

    private static Optional<Named> named(Path path) {
        var name = NAME.matcher(path.getFileName().toString());
        try {
            return name.matches() ? Optional.of(new Named(Long.parseLong(name.group(1)), path)) : Optional.empty();
        } catch (NumberFormatException e) {
            LOG.debugf("%s is no checkpoint: %s", path, e.getMessage());
            return Optional.empty();
        }
    }

    /** A directory that cannot be read must not keep the bots from running: the log has them too. */
    private static List<Path> listed(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var content = Files.list(folder)) {
            return content.toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.errorf("the checkpoints in %s are not used: %s", folder, e.getMessage());
            return List.of();
        }
    }

    private Path fileOf(BotState state) {
        return directory.resolve(state.id().toString()).resolve("%020d.checkpoint".formatted(state.sequence()));
    }
}
