package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.state.TestDatabase;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is copied is read again with plain SQL. */
class TradeCopyIT {
    /** What is sent at once, and what a row takes around its trade. */
    private static final int PIECE = 1 << 16;

    private static final int AROUND = 36;

    private final TestDatabase database = TestDatabase.withTables();

    private record Row(long bot, long sequence, short leg, ByteBuffer trade) {}

    private void copy(List<Row> rows) {
        database.transactions().write(connection -> {
            TradeCopy.write(connection, copy -> {
                for (var row : rows) {
                    copy.row(row.bot(), row.sequence(), row.leg(), row.trade().array());
                }
            });
            return rows.size();
        });
    }

    private List<Row> stored() {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement(
                            "select bot, sequence, leg, trade from trades order by bot, sequence, leg");
                    var rows = statement.executeQuery()) {
                var stored = new ArrayList<Row>();
                while (rows.next()) {
                    stored.add(new Row(
                            rows.getLong(1), rows.getLong(2), rows.getShort(3), ByteBuffer.wrap(rows.getBytes(4))));
                }
                return stored;
            }
        });
    }

    private static ByteBuffer trade(Random random, int length) {
        var trade = new byte[length];
        random.nextBytes(trade);
        return ByteBuffer.wrap(trade);
    }

    @Test
    void keepsTradesOfAnyLengthAroundWhatIsSentAtOnce() {
        var random = new Random(1);
        var lengths = IntStream.concat(
                IntStream.of(0, 1, 3 * PIECE), IntStream.rangeClosed(PIECE - 2 * AROUND - 20, PIECE + AROUND));
        var number = new long[1];
        var rows = lengths.mapToObj(length -> new Row(7, ++number[0], (short) 0, trade(random, length)))
                .toList();

        copy(rows);

        assertThat(stored()).isEqualTo(rows);
    }

    @Test
    void keepsManyTradesInManyPieces() {
        var random = new Random(2);
        var rows = IntStream.range(0, 20_000)
                .mapToObj(
                        i -> new Row(1 + i / 500, 1 + i % 500 / 2, (short) (i % 2), trade(random, random.nextInt(400))))
                .toList();

        copy(rows);

        assertThat(stored()).isEqualTo(rows);
    }

    @Test
    void keepsNoneWhereOneCannotBeMade() {
        var random = new Random(3);

        assertThatThrownBy(() -> database.transactions().write(connection -> {
                    TradeCopy.write(connection, copy -> {
                        for (int i = 1; i <= 1_000; i++) {
                            copy.row(1, i, (short) 0, trade(random, 300).array());
                        }
                        throw new IllegalStateException("the next one cannot be written");
                    });
                    return 0;
                }))
                .hasMessage("the next one cannot be written");

        assertThat(stored()).isEmpty();
    }

    @Test
    void keepsNoneWhereOneIsThereAlready() {
        var random = new Random(4);
        var first = new Row(1, 5, (short) 0, trade(random, 100));
        copy(List.of(first));

        assertThatThrownBy(() -> copy(List.of(
                        new Row(1, 4, (short) 0, trade(random, 100)), new Row(1, 5, (short) 0, trade(random, 0)))))
                .hasMessageContaining("trades_pkey");

        assertThat(stored()).isEqualTo(List.of(first));
    }
}
