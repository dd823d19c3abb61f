package io.everstate.benchmarks.fleet;

import com.github.luben.zstd.Zstd;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.Trade;
import io.everstate.platform.launcher.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What state-service has made of a log, as it stands in its database. */
public final class FoldedFleet implements AutoCloseable {

    /** With this byte a frame begins that every zstd skips. */
    private static final byte PART = 0x5E;

    private static final int PART_HEAD = 16;

    private static final String OFFSETS = "select partition, next_offset from partition_offsets";

    private static final String BOTS = """
            select b.id, b.state, b.older, t.trades, t.numbers from bots b,
            lateral (select count(*) as trades, coalesce(sum(sequence), 0) as numbers from trades where trades.bot = b.bot) t
            where b.partition = ?""";

    private static final String ALL_TRADES = "select count(*) from trades";

    private final Connection connection;
    private final PreparedStatement offsets;

    private FoldedFleet(Connection connection, PreparedStatement offsets) {
        this.connection = connection;
        this.offsets = offsets;
    }

    /** The tables must be there. */
    public static FoldedFleet in(Database database) {
        try {
            Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
            return new FoldedFleet(connection, connection.prepareStatement(OFFSETS));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Connection connection() {
        return connection;
    }

    /** The first offset of each partition that is not folded yet; 0 where nothing is. */
    public long[] offsets() {
        long[] next = new long[FleetLog.PARTITIONS];
        try (ResultSet rows = offsets.executeQuery()) {
            while (rows.next()) {
                next[rows.getInt(1)] = rows.getLong(2);
            }
            return next;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Null when bots and trades are exactly those of a plain fold of the log; otherwise what is not.
     *
     * @param expected of {@link Oracle}
     */
    @Nullable
    String difference(Map<UUID, Fingerprint> expected) throws SQLException {
        long found = 0;
        long trades = 0;
        for (int partition = 0; partition < FleetLog.PARTITIONS; partition++) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(BOTS)) {
                statement.setInt(1, partition);
                statement.setFetchSize(100);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        Fingerprint folded = fingerprint(rows);
                        UUID id = rows.getObject(1, UUID.class);
                        if (!folded.equals(expected.get(id))) {
                            return "bot " + id + " is not as a plain fold has it: " + folded + ", " + expected.get(id);
                        }
                        found++;
                        trades += folded.trades();
                    }
                }
            } finally {
                connection.setAutoCommit(true);
            }
        }
        long all = count();
        return found != expected.size() || all != trades
                ? found + " of " + expected.size() + " bots, " + all + " trades of which " + trades + " are theirs"
                : null;
    }

    private static Fingerprint fingerprint(ResultSet row) throws SQLException {
        BotState state = state(row.getBytes(2), row.getBytes(3));
        return Fingerprint.of(state, row.getLong(4), row.getLong(5));
    }

    /** Of one that is stored in two parts the trades in front of the newest ones are lines of their own. */
    private static BotState state(byte[] stored, byte @Nullable [] older) {
        PlainJson json = new PlainJson();
        BotState state = json.read(text(stored), BotState.class);
        if (stored[0] != PART || older == null) {
            return state;
        }
        Portfolio newest = state.portfolio();
        List<Trade> trades = Stream.concat(
                        new String(text(older), StandardCharsets.UTF_8)
                                .lines()
                                .map(line -> json.read(line.getBytes(StandardCharsets.UTF_8), Trade.class)),
                        newest.recentTrades().stream())
                .toList();
        return state.withPortfolio(new Portfolio(newest.symbols(), trades, newest.highestTotal()));
    }

    /** A large state is stored as a frame of zstd; in front of one part of two is a frame to be skipped. */
    private static byte[] text(byte[] stored) {
        if (stored[0] == '{') {
            return stored;
        }
        byte[] frame = stored[0] == PART ? Arrays.copyOfRange(stored, PART_HEAD, stored.length) : stored;
        return Zstd.decompress(frame, (int) Zstd.getFrameContentSize(frame));
    }

    private long count() throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(ALL_TRADES)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
