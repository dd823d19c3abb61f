package io.everstate.bot.checkpoint;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.KnownIn;
import io.everstate.contracts.log.KnownState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A state as a file's content: one line with the SHA-256 of what follows, then in gzip the state as a line of JSON and the ownership in which
 * it was known as another. A hundred trades are 25 KB of JSON and 4 KB in gzip. By hand: {@code tail -c +66 <file> | zcat}. Files of earlier
 * releases have no second line, or the JSON as it is.
 */
final class CheckpointDocument {
    private static final int HASH_LENGTH = 64;
    private static final int GZIP_FIRST = 0x1f;
    private static final int BUFFER = 8 * 1024;
    /** More than any state can take: what unpacks to more is no state. */
    private static final int LARGEST_STATE = 16 * 1024 * 1024;

    private final JsonFormat json;

    CheckpointDocument(JsonFormat json) {
        this.json = json;
    }

    byte[] of(KnownState known) {
        var content = packed(lines(known.state(), known.in()));
        var document = Arrays.copyOf(
                (sha256(content) + "\n").getBytes(StandardCharsets.US_ASCII), HASH_LENGTH + 1 + content.length);
        System.arraycopy(content, 0, document, HASH_LENGTH + 1, content.length);
        return document;
    }

    private byte[] lines(BotState state, @Nullable KnownIn in) {
        var first = json.write(state);
        if (in == null) {
            return first;
        }
        var second = json.write(in);
        var lines = Arrays.copyOf(first, first.length + 1 + second.length);
        lines[first.length] = '\n';
        System.arraycopy(second, 0, lines, first.length + 1, second.length);
        return lines;
    }

    /** @throws ProblemException CORRUPT, which says what is wrong, when it does not verify */
    KnownState read(byte[] document) {
        if (document.length <= HASH_LENGTH + 1 || document[HASH_LENGTH] != '\n') {
            throw new ProblemException(ProblemType.CORRUPT, "it does not begin with a line of a checksum");
        }
        var content = Arrays.copyOfRange(document, HASH_LENGTH + 1, document.length);
        if (!hashIn(document).equals(sha256(content))) {
            throw new ProblemException(ProblemType.CORRUPT, "its checksum does not agree");
        }
        return known(content[0] == GZIP_FIRST ? unpacked(content) : content);
    }

    /** A line break cannot stand within JSON that is written in one line. */
    private KnownState known(byte[] lines) {
        var end = 0;
        while (end < lines.length && lines[end] != '\n') {
            end++;
        }
        var state = json.read(Arrays.copyOf(lines, end), BotState.class);
        return new KnownState(
                state,
                end == lines.length
                        ? null
                        : json.read(Arrays.copyOfRange(lines, end + 1, lines.length), KnownIn.class));
    }

    /** What the first line says; of a document that verifies the SHA-256 of the rest. */
    static String hashIn(byte[] document) {
        return new String(document, 0, Math.min(HASH_LENGTH, document.length), StandardCharsets.US_ASCII);
    }

    private static byte[] packed(byte[] content) {
        var packed = new ByteArrayOutputStream(BUFFER);
        try (var gzip = new GZIPOutputStream(packed, BUFFER)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(byte[] content) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(content), BUFFER)) {
            var state = gzip.readNBytes(LARGEST_STATE + 1);
            if (state.length > LARGEST_STATE) {
                throw new ProblemException(ProblemType.CORRUPT, "it unpacks to more than any state takes");
            }
            return state;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.CORRUPT, "it cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
