package io.everstate.benchmarks.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Files as bots have them: of its bytes three fifths are logs, one fifth JSON, an eighth what cannot be compressed, the rest SQLite databases. The same seed
 * makes the same tree.
 */
final class SampleTree {

    private static final long SEED = 11;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LOG = 1 << 20;
    private static final int JSON = 96 << 10;
    private static final int PLAIN = 1 << 20;
    private static final int DATABASE = 4 << 20;
    private static final int ROW = 100;
    private static final List<String> MESSAGES = List.of(
            "order accepted by the exchange, id ",
            "order filled, price ",
            "the spread is too small to trade, basis points ",
            "balance refreshed, free quote ",
            "candle closed, volume ",
            "websocket is alive, last sequence ");

    private final Path root;
    private final long bytes;
    private final Random random = new Random(SEED);
    private final List<Path> texts = new ArrayList<>();

    private SampleTree(Path root, long bytes) {
        this.root = root;
        this.bytes = bytes;
    }

    static SampleTree make(Path root, long bytes) {
        SampleTree tree = new SampleTree(root, bytes);
        try {
            for (String name : List.of("logs", "states", "models", "databases")) {
                Files.createDirectories(root.resolve(name));
            }
            tree.fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree;
    }

    Path root() {
        return root;
    }

    private void fill() throws IOException {
        for (int number = 0; number < bytes * 3 / 5 / LOG; number++) {
            texts.add(root.resolve("logs/bot-%05d.log".formatted(number)));
        }
        for (int number = 0; number < bytes / 5 / JSON; number++) {
            texts.add(root.resolve("states/bot-%05d.json".formatted(number)));
        }
        for (Path text : texts) {
            write(text);
        }
        byte[] plain = new byte[PLAIN];
        for (int number = 0; number < bytes / 8 / PLAIN; number++) {
            random.nextBytes(plain);
            Files.write(root.resolve("models/model-%05d.bin".formatted(number)), plain);
        }
        for (int number = 0; number < bytes * 3 / 40 / DATABASE; number++) {
            database(root.resolve("databases/trades-%05d.sqlite".formatted(number)));
        }
    }

    /** Writes so much of its bytes anew, as whole logs and documents. Returns which files, relative to the root. */
    List<String> change(double share) {
        List<String> changed = new ArrayList<>();
        long left = (long) (bytes * share);
        try {
            while (left > 0) {
                Path text = texts.get(random.nextInt(texts.size()));
                write(text);
                changed.add(root.relativize(text).toString());
                left -= Files.size(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changed.stream().distinct().toList();
    }

    private void write(Path text) throws IOException {
        String content = text.toString().endsWith(".log") ? log() : document();
        Files.write(text, content.getBytes(StandardCharsets.UTF_8));
    }

    private String log() {
        StringBuilder lines = new StringBuilder(LOG);
        Instant time = BEGIN.plusSeconds(random.nextInt(1 << 24));
        while (lines.length() < LOG) {
            time = time.plusMillis(random.nextInt(900));
            lines.append(time)
                    .append(random.nextInt(20) == 0 ? " WARN  [bot-" : " INFO  [bot-")
                    .append(random.nextInt(40))
                    .append("] ")
                    .append(MESSAGES.get(random.nextInt(MESSAGES.size())))
                    .append(random.nextInt(10_000_000))
                    .append('\n');
        }
        return lines.toString();
    }

    private String document() {
        StringBuilder rows = new StringBuilder(JSON).append("{\"formatVersion\":1,\"trades\":[");
        while (rows.length() < JSON) {
            rows.append("{\"symbol\":\"BTC/USDT\",\"side\":\"")
                    .append(random.nextBoolean() ? "BUY" : "SELL")
                    .append("\",\"price\":")
                    .append(60_000 + random.nextInt(1_000_000) / 100.0)
                    .append(",\"amount\":")
                    .append(random.nextInt(100_000) / 1e5)
                    .append(",\"fee\":null,\"sequence\":")
                    .append(random.nextInt(1_000_000))
                    .append("},\n");
        }
        return rows.append("{}]}\n").toString();
    }

    private void database(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement making = connection.createStatement()) {
            connection.setAutoCommit(false);
            making.execute("create table trades (id integer primary key, pair text, rate real, at text, note text)");
            try (PreparedStatement row =
                    connection.prepareStatement("insert into trades (pair, rate, at, note) values (?, ?, ?, ?)")) {
                for (int number = 0; number < DATABASE / ROW; number++) {
                    row.setString(1, "BTC/USDT");
                    row.setDouble(2, random.nextInt(1_000_000) / 100.0);
                    row.setString(3, BEGIN.plusSeconds(number * 60L).toString());
                    row.setString(4, Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
                    row.addBatch();
                }
                row.executeBatch();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("no database " + file, e);
        }
    }
}
