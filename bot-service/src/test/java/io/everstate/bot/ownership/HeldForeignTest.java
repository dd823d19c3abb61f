package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class HeldForeignTest {
    private final HeldForeign held = new HeldForeign(3);
    private final List<Long> aside = new ArrayList<>();

    @Test
    void keepsTheFirstOnesOfTooMany() {
        add(HeldForeign.MOST + 5, 1);

        setAside();

        assertThat(aside).hasSize(HeldForeign.MOST).startsWith(0L, 1L).endsWith(HeldForeign.MOST - 1L);
    }

    /** Before, 10,000 of the largest records would have taken 20 GB. */
    @Test
    void keepsNoMoreThanSoManyBytes() {
        add(100, 1 << 20);

        setAside();

        assertThat(aside).hasSize((int) (HeldForeign.MOST_BYTES >> 20) - 1);
    }

    @Test
    void keepsNoneBehindOneThatWasTooMuch() {
        add(1, 3 << 20);
        held.add(new DeadLetter(new ConsumerRecord<>("events", 3, 1L, "theirs", new byte[2 << 20]), "garbage"));
        held.add(new DeadLetter(new ConsumerRecord<>("events", 3, 2L, "theirs", new byte[1]), "garbage"));

        setAside();

        assertThat(aside).as("one place tells where it stopped").containsExactly(0L);
    }

    @Test
    void countsHeadersToo() {
        var found = new ConsumerRecord<>("events", 3, 1L, "theirs", new byte[0]);
        found.headers().add("large", new byte[(int) HeldForeign.MOST_BYTES]);

        held.add(new DeadLetter(found, "garbage"));
        setAside();

        assertThat(aside).isEmpty();
    }

    @Test
    void hasRoomAgainOnceAnotherOwnerHasHadThem() {
        add(100, 1 << 20);

        held.clear();
        add(1, 1 << 20);
        setAside();

        assertThat(aside).containsExactly(0L);
    }

    @Test
    void keepsWhatAnOwnerThatLetGoHadNotRead() {
        add(5, 1);

        held.clearBefore(3);
        setAside();

        assertThat(aside).containsExactly(3L, 4L);
    }

    /** Before, every later one was refused though there was room. */
    @Test
    void hasRoomAgainOnceAnOwnerThatLetGoHasHadThoseThatWereTooMany() {
        add(HeldForeign.MOST + 5, 1);

        held.clearBefore(HeldForeign.MOST + 5);
        held.add(letter(HeldForeign.MOST + 7));
        setAside();

        assertThat(aside).containsExactly(HeldForeign.MOST + 7L);
    }

    @Test
    void keepsNoneBehindOneThatWasTooMuchAndThatTheOwnerHadNotRead() {
        add(HeldForeign.MOST + 5, 1);

        held.clearBefore(HeldForeign.MOST + 4);
        held.add(letter(HeldForeign.MOST + 7));
        setAside();

        assertThat(aside).isEmpty();
    }

    private static DeadLetter letter(long offset) {
        return new DeadLetter(new ConsumerRecord<>("events", 3, offset, "theirs", new byte[1]), "garbage");
    }

    private void add(int count, int bytes) {
        IntStream.range(0, count)
                .forEach(offset -> held.add(new DeadLetter(
                        new ConsumerRecord<>("events", 3, offset, "theirs", new byte[bytes]), "garbage")));
    }

    private void setAside() {
        held.setAside(letter -> aside.add(letter.found().offset()));
    }
}
