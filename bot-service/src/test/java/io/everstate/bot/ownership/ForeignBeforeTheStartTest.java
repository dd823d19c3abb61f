package io.everstate.bot.ownership;

import static io.everstate.bot.ownership.ReadingReplica.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.log.PartitionFold;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that are not ours among those that are folded already: no owner may have had them. */
class ForeignBeforeTheStartTest {
    private final ReadingReplica replica = new ReadingReplica();

    @AfterEach
    void close() {
        replica.close();
    }

    /** Before, who began behind a foreign record never set it aside. */
    @Test
    void areSetAsideByTheNextOwner() {
        begin(2, 1);
        replica.add(ZERO, replica.claim(1));
        replica.add(ReadingReplica.ours("com.example.order"));
        replica.reader.poll();

        own();

        assertThat(replica.log.aside()).extracting(DeadLetter::key).containsExactly("0-1");
    }

    @Test
    void areNotSetAsideAgainWhenAnOwnerHasHadThem() {
        begin(2, 1);
        replica.add(ReadingReplica.ours("com.example.order"));
        replica.add(ZERO, replica.claim(1));
        replica.reader.poll();

        own();

        assertThat(replica.log.aside()).isEmpty();
    }

    @Test
    void areNotSetAsideAgainWhenTheOwnerThatLetGoHasHadThem() {
        begin(4, 2);
        replica.add(ZERO, replica.claim(1));
        replica.add(ReadingReplica.ours("com.example.order"));
        replica.add(ReadingReplica.ours("com.example.order"));
        replica.add(ZERO, replica.release(2, 2));
        replica.reader.poll();

        own();

        assertThat(replica.log.aside()).extracting(DeadLetter::key).containsExactly("0-2");
    }

    private void begin(long folded, long epoch) {
        replica.starts.put(0, new PartitionLoader.Start(new PartitionFold(epoch, List.of()), folded));
        replica.ends(folded, 0);
        replica.assign(ZERO);
    }

    private void own() {
        replica.add(ZERO, replica.log.lastClaim());
        replica.reader.poll();
        assertThat(replica.ownerships.owned()).hasSize(1);
    }
}
