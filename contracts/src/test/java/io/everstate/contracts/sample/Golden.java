package io.everstate.contracts.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.contracts.log.EncodedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The texts under {@code golden/}: what was stored or sent once, and must be read for ever. A shipped file is never edited. */
public final class Golden {
    private static final Path DIRECTORY = directory();

    private Golden() {}

    /** The file's text without its last line end. */
    public static String text(String name) {
        try {
            return Files.readString(DIRECTORY.resolve(name), UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no golden file " + name, e);
        }
    }

    /** Paths relative to {@code golden/}, in the order of their names. */
    public static List<String> files(String folder) {
        try (var files = Files.list(DIRECTORY.resolve(folder))) {
            return files.map(file -> folder + "/" + file.getFileName()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record's key, its headers in their order, an empty line, its data. */
    public static String textOf(EncodedRecord encoded) {
        var headers = encoded.headers().entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
        return "key: " + encoded.key() + "\n" + headers + "\n\n" + new String(encoded.data(), UTF_8);
    }

    /** The inverse of {@link #textOf}. */
    public static EncodedRecord encoded(String text) {
        var gap = text.indexOf("\n\n");
        var headers = new LinkedHashMap<String, String>();
        for (var line : text.substring(0, gap).lines().toList()) {
            var colon = line.indexOf(": ");
            headers.put(line.substring(0, colon), line.substring(colon + 2));
        }
        var key = Objects.requireNonNull(headers.remove("key"), "a record has a key");
        return new EncodedRecord(key, headers, text.substring(gap + 2).getBytes(UTF_8));
    }

    private static Path directory() {
        try {
            var url = Objects.requireNonNull(Golden.class.getResource("/golden"), "golden");
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
