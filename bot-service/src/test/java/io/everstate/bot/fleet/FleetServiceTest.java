package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.log.Parking;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FleetServiceTest {

    /** A replica that was suspended shows what it owned then, until it reads the higher claim. */
    @Test
    @Tag("PT13")
    void aBotThatTwoReplicasShowIsListedOnceAndNewest() {
        var old = SampleBots.traded(SampleBots.id(1), 3);
        var now = SampleBots.traded(SampleBots.id(1), 5);
        var other = SampleBots.created(SampleBots.id(2));

        var bots = FleetService.newest(List.of(
                new ReplicaShare(List.of(0), List.of(now)), new ReplicaShare(List.of(0, 1), List.of(old, other))));

        assertThat(bots).containsExactlyInAnyOrder(now, other);
    }

    /** It may have been restored at its new owner meanwhile. */
    @Test
    void whetherABotIsParkedSaysWhoKnowsItsNewestState() {
        var old = SampleBots.traded(SampleBots.id(1), 3);
        var now = SampleBots.traded(SampleBots.id(1), 5);
        var other = SampleBots.created(SampleBots.id(2));
        var parking = new Parking("a type", "unknown", 1, 2);

        var parked = FleetService.parked(List.of(
                new ReplicaShare(List.of(0), List.of(now)),
                new ReplicaShare(List.of(0, 1), List.of(old, other), Map.of(old.id(), parking, other.id(), parking))));

        assertThat(parked).containsExactly(Map.entry(other.id().toString(), parking));
    }

    @Test
    void aBotThatWasParkedAtItsFirstRecordIsNamedAllTheSame() {
        var parking = new Parking("a type", "unknown", 1, 1);
        var unseen = SampleBots.id(7);

        var parked = FleetService.parked(List.of(new ReplicaShare(List.of(0), List.of(), Map.of(unseen, parking))));

        assertThat(parked).containsExactly(Map.entry(unseen.toString(), parking));
    }
}
