package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadableFoldTest {
    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();
    private final PartitionFold fold = new PartitionFold();
    private final ReadableFold readable = new ReadableFold(0, 0);

    @BeforeEach
    void aBotIsAtItsSecondEvent() {
        fold.apply(owner.claim());
        fold.apply(owner.created(bot));
        fold.apply(owner.started(bot));
        readable.reaches(fold, 3);
    }

    private void parkedAt(long sequence) {
        readable.parked().put(bot, new ParkedBot(bot, new Parking("type", "why", 1, sequence), 1, Instant.EPOCH));
    }

    @Test
    void whoHasAStateInFrontOfTheRecordThatParkedItIsParked() {
        parkedAt(3);

        assertThat(readable.find(bot, 3, 0))
                .hasValueSatisfying(found -> assertThat(found.parked()).isNotNull());
    }

    /** A reader may come between the checkpoint that ends the parking and the end of its list. */
    @Test
    void whoHasAStateBehindItIsFollowedAgain() {
        parkedAt(1);

        assertThat(readable.find(bot, 3, 0))
                .hasValueSatisfying(found -> assertThat(found.parked()).isNull());
    }
}
