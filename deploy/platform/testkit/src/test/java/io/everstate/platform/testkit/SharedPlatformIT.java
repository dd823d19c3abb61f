package io.everstate.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.platform.launcher.Part;
import org.junit.jupiter.api.Test;

/** The shared platform as tests of services use it. */
class SharedPlatformIT {

    @Test
    void takesEveryPartAwayAndGivesItBack() {
        TestPlatform platform = TestPlatform.shared();

        for (Part part : Part.values()) {
            platform.pause(part);
            assertThat(platform.health().up(part)).as("paused " + part).isFalse();
            platform.resume(part);
            assertThat(platform.health().up()).as("resumed " + part).isTrue();
        }
    }

    @Test
    void givesEachTestADatabaseOfItsOwn() {
        TestPlatform platform = TestPlatform.shared();

        assertThat(platform.newDatabase().url())
                .isNotEqualTo(platform.newDatabase().url());
    }
}
