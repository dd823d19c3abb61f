package io.everstate.state.parking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What becomes of bots that are parked. */
@ConfigMapping(prefix = "everstate.parking")
interface ParkingConfiguration {
    /**
     * How often it is looked whether bots that are parked here can be taken up again. A record that this version did not understand once is
     * not looked at again, so this only says how soon after a start, an assignment or an outage bots go on.
     */
    @WithDefault("10s")
    Duration lookEvery();
}
