package io.everstate.bot.checkpoint;

import io.everstate.contracts.bot.BotState;
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

/**
 * A state as a file's content: one line with the SHA-256 of what follows, then the state as JSON in gzip. A hundred trades are 25 KB of
 * JSON and 4 KB in gzip. By hand: {@code tail -c +66 <file> | zcat}. Files of earlier releases have the JSON as it is.
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

    byte[] of(BotState state) {
        var content = packed(json.write(state));
        var document = Arrays.copyOf(
                (sha256(content) + "\n").getBytes(StandardCharsets.US_ASCII), HASH_LENGTH + 1 + content.length);
        System.arraycopy(content, 0, document, HASH_LENGTH + 1, content.length);
        return document;
    }

    /** @throws ProblemException CORRUPT, which says what is wrong, when it does not verify */
    BotState read(byte[] document) {
        if (document.length <= HASH_LENGTH + 1 || document[HASH_LENGTH] != '\n') {
            throw new ProblemException(ProblemType.CORRUPT, "it does not begin with a line of a checksum");
        }
        var content = Arrays.copyOfRange(document, HASH_LENGTH + 1, document.length);
        if (!hashIn(document).equals(sha256(content))) {
            throw new ProblemException(ProblemType.CORRUPT, "its checksum does not agree");
        }
        return json.read(content[0] == GZIP_FIRST ? unpacked(content) : content, BotState.class);
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
