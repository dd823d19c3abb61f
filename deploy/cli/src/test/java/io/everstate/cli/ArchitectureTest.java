package io.everstate.cli;

import io.everstate.platform.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.check("io.everstate.cli");
    }
}
