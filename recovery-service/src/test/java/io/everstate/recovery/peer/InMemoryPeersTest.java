package io.everstate.recovery.peer;

import io.everstate.recovery.plan.step.Peers;
import io.everstate.recovery.world.TestClock;
import io.everstate.recovery.world.World;

class InMemoryPeersTest implements PeersContract {
    private final World world = World.healthy(new TestClock());

    @Override
    public World world() {
        return world;
    }

    @Override
    public Peers peers() {
        return world.peers();
    }

    @Override
    public void kill(String service) {
        world.processes.kill(service);
    }
}
