package io.everstate.platform.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void areTheDocumentedOnesUnlessOthersAreChosen() {
        assertThat(Ports.standard()).isEqualTo(new Ports(19092, 19093, 15432, 19000, 19001));
    }

    @Test
    void areDifferentWhenTheyAreFree() {
        Ports free = Ports.free();

        assertThat(Set.of(free.kafka(), free.controller(), free.postgres(), free.s3(), free.health()))
                .hasSize(5)
                .allMatch(port -> port >= 20_000 && port < 32_000);
    }
}
