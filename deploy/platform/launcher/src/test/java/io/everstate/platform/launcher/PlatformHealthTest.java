package io.everstate.platform.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatformHealthTest {

    @Test
    void isUpOnlyWhenEveryPartIs() {
        assertThat(new PlatformHealth(Map.of(Part.KAFKA, true, Part.POSTGRES, true, Part.S3, true)).up())
                .isTrue();
        assertThat(new PlatformHealth(Map.of(Part.KAFKA, true, Part.POSTGRES, true, Part.S3, false)).up())
                .isFalse();
    }

    @Test
    void takesAPartThatIsNotNamedForDown() {
        assertThat(new PlatformHealth(Map.of(Part.KAFKA, true)).up(Part.POSTGRES))
                .isFalse();
        assertThat(PlatformHealth.down().up(Part.KAFKA)).isFalse();
    }
}
