package io.everstate.contracts.external;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an opaque document without its content.
 *
 * @param contentType as its sender named it
 * @param sha256 of the bytes, in hex
 * @param size in bytes
 * @param object the name under which object storage holds the bytes; null when the event itself carries them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Document(
        String contentType,
        String sha256,
        long size,
        @Nullable String object) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public Document {
        requireNonNull(contentType, "contentType");
        requireNonNull(sha256, "sha256");
        requireHash(sha256);
        if (size < 0) {
            throw new IllegalArgumentException("a document has no fewer than 0 bytes");
        }
    }

    /** @throws IllegalArgumentException unless it is a SHA-256 in lower-case hex */
    public static void requireHash(String text) {
        if (!SHA_256.matcher(text).matches()) {
            throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits");
        }
    }
}
