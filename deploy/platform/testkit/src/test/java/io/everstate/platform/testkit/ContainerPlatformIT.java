package io.everstate.platform.testkit;

import io.everstate.platform.launcher.Platform;
import io.everstate.platform.testkit.containers.ContainerPlatform;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract on containers, where an engine for them answers. */
@EnabledIf(
        value = "io.everstate.platform.testkit.containers.ContainerPlatform#isPossible",
        disabledReason = "no container engine answers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerPlatformIT implements PlatformContract {

    private @Nullable Platform platform;

    @BeforeAll
    void start() {
        platform = ContainerPlatform.start();
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Override
    public Platform platform() {
        return Objects.requireNonNull(platform);
    }
}
