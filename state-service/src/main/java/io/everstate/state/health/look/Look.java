package io.everstate.state.health.look;

import java.util.List;

/** Finds out how some components are. Never throws, and has a deadline. */
@FunctionalInterface
interface Look {
    List<Observation> look();
}
