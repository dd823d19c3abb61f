package io.everstate.bot.checkpoint;

import static java.util.Comparator.reverseOrder;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The newest states of each bot in a directory: {@code <bot>/<sequence, 20 digits>.json}. A file is one line with the SHA-256 of what
 * follows, then the state as JSON. A file that does not verify is never used: the one before it is.
 */
public final class CheckpointStore {
    private static final Logger LOG = Logger.getLogger(CheckpointStore.class);
    private static final String SUFFIX = ".json";
    private static final int HASH_LENGTH = 64;

    private final Path directory;
    private final int kept;
    private final JsonFormat json;

    public CheckpointStore(Path directory, int kept, JsonFormat json) {
        this.directory = directory;
        this.kept = kept;
        this.json = json;
    }

    /** Durable when it returns; then files beyond the number to keep are removed. */
    public void save(BotState state) throws IOException {
        var content = json.write(state);
        var document = (sha256(content) + "\n").getBytes(StandardCharsets.US_ASCII);
        var bytes = new byte[document.length + content.length];
        System.arraycopy(document, 0, bytes, 0, document.length);
        System.arraycopy(content, 0, bytes, document.length, content.length);
        AtomicFile.write(fileOf(state), bytes);
        for (var old : files(state.id()).stream().skip(kept).toList()) {
            Files.deleteIfExists(old);
        }
    }

    /** The newest state that verifies. */
    public Optional<BotState> newest(BotId bot) {
        return files(bot).stream().flatMap(file -> verified(file).stream()).findFirst();
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

    private Optional<BotState> verified(Path file) {
        try {
            return Optional.of(read(file));
        } catch (IOException | ProblemException e) {
            LOG.errorf("checkpoint %s is not used: %s", file, e.getMessage());
            return Optional.empty();
        }
    }

    private BotState read(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        if (bytes.length <= HASH_LENGTH || bytes[HASH_LENGTH] != '\n') {
            throw new ProblemException(ProblemType.CORRUPT, "it does not begin with a line of a checksum");
        }
        var expected = new String(bytes, 0, HASH_LENGTH, StandardCharsets.US_ASCII);
        var content = new byte[bytes.length - HASH_LENGTH - 1];
        System.arraycopy(bytes, HASH_LENGTH + 1, content, 0, content.length);
        if (!expected.equals(sha256(content))) {
            throw new ProblemException(ProblemType.CORRUPT, "its checksum does not agree");
        }
        return json.read(content, BotState.class);
    }

    /** Newest first. */
    private List<Path> files(BotId bot) {
        return listed(directory.resolve(bot.toString())).stream()
                .filter(file -> file.toString().endsWith(SUFFIX))
                .sorted(reverseOrder())
                .toList();
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
        return directory.resolve(state.id().toString()).resolve("%020d%s".formatted(state.sequence(), SUFFIX));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
