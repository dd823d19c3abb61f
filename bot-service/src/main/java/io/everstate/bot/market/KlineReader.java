package io.everstate.bot.market;

import io.everstate.bot.market.KlineDefects.Kind;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;

/**
 * Reads a file of klines, plain or gzip, in one of two formats: under the header {@code timestamp,open,high,low,close,volume}, or as
 * Binance's dumps with 12 columns, with or without their header. A bar's time is that of its opening.
 *
 * <p>The span of a bar is the most frequent step between two lines. A line that cannot be used is left out, and a span without a line repeats
 * the last close with volume 0, as if nothing had been traded; each of that is noted with its line.
 */
final class KlineReader {
    private static final String HEADER = "timestamp,open,high,low,close,volume";
    private static final String DUMP_HEADER = "open_time,";
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int BYTE = 8;
    private static final int BUFFER = 64 * 1024;

    private final KlineColumns columns = new KlineColumns();
    private final KlineDefects defects = new KlineDefects();
    private long last = Long.MIN_VALUE;

    private KlineReader() {}

    /** What a file holds, and what is wrong with it. */
    record Klines(BarTable table, Duration barDuration, KlineDefects defects) {}

    /**
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it has neither format, or fewer than two bars
     */
    static Klines read(Path file) throws IOException {
        try (var lines = open(file)) {
            return new KlineReader().read(lines);
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        var bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        bytes.mark(2);
        var magic = bytes.read() << BYTE | bytes.read();
        bytes.reset();
        InputStream text = magic == GZIP_MAGIC ? new GZIPInputStream(bytes, BUFFER) : bytes;
        return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), BUFFER);
    }

    private Klines read(BufferedReader lines) throws IOException {
        var first = lines.readLine();
        if (first == null) {
            throw new IllegalArgumentException("the file is empty");
        }
        var width = width(first);
        var number = 0L;
        for (var line = first; line != null; line = lines.readLine()) {
            number++;
            var header = number == 1 && !isData(first);
            if (!header && !line.isBlank()) {
                add(line, number, width);
            }
        }
        if (columns.size() < 2) {
            throw new IllegalArgumentException(
                    "the file has %d bars that can be used; %s".formatted(columns.size(), defects.report()));
        }
        var seconds = columns.mostFrequentStep();
        return new Klines(columns.table(seconds, defects), Duration.ofSeconds(seconds), defects);
    }

    private static int width(String first) {
        if (first.strip().equals(HEADER)) {
            return Kline.COLUMNS;
        }
        if (first.startsWith(DUMP_HEADER) || (isData(first) && first.split(",", -1).length == Kline.DUMP_COLUMNS)) {
            return Kline.DUMP_COLUMNS;
        }
        throw new IllegalArgumentException(
                "the file begins with neither the line \"" + HEADER + "\" nor a line of Binance's dumps, but with \""
                        + first.substring(0, Math.min(first.length(), 80)) + "\"");
    }

    private static boolean isData(String first) {
        return !first.isEmpty() && Character.isDigit(first.charAt(0));
    }

    private void add(String line, long number, int width) {
        try {
            var kline = Kline.parse(line, width);
            if (kline.opensAt() <= last) {
                defects.add(
                        Kind.DISORDER,
                        number,
                        1,
                        Instant.ofEpochSecond(kline.opensAt()) + " is not behind " + Instant.ofEpochSecond(last));
                return;
            }
            last = kline.opensAt();
            columns.add(kline, number);
        } catch (IllegalArgumentException | ArithmeticException e) {
            defects.add(Kind.BROKEN, number, 1, String.valueOf(e.getMessage()));
        }
    }
}
