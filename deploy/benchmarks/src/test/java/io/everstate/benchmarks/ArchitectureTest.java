package io.everstate.benchmarks;

import io.everstate.platform.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.check("io.everstate.benchmarks");
    }
}
