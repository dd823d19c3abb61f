package io.everstate.state.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everstate.state.content.Sha256;
import io.everstate.state.platform.Invalid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A file as it was given: one JSON object in UTF-8, each name once, numbers with all their digits. What is not that is refused with the line.
 *
 * @param sha256 of its bytes, in hex
 */
record JsonFile(ObjectNode root, String sha256) {
    private static final String FILE = "content";
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static JsonFile of(byte[] bytes) {
        requireText(bytes);
        try (var parser = MAPPER.createParser(bytes)) {
            return new JsonFile(root(parser), Sha256.of(bytes));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var place = at == null ? "" : "in line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
            throw Invalid.field(FILE, "is no JSON " + place + e.getOriginalMessage());
        } catch (IOException e) {
            throw Invalid.field(FILE, "cannot be read: " + e.getMessage());
        }
    }

    private static ObjectNode root(JsonParser parser) throws IOException {
        if (MAPPER.readTree(parser) instanceof ObjectNode root) {
            if (parser.nextToken() != null) {
                var at = parser.currentTokenLocation();
                throw Invalid.field(FILE, "has more behind its end, in line " + at.getLineNr());
            }
            return root;
        }
        throw Invalid.field(FILE, "must be a JSON object");
    }

    private static void requireText(byte[] bytes) {
        if (bytes.length == 0) {
            throw Invalid.field(FILE, "is empty");
        }
        if (startsWith(bytes, UTF_8_MARK)) {
            throw Invalid.field(FILE, "begins with a byte order mark (BOM); save it as UTF-8 without one");
        }
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw Invalid.field(FILE, "is not UTF-8 (" + e.getMessage() + ")");
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || bytes[i] != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
