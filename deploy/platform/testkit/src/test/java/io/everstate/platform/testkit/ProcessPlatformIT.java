package io.everstate.platform.testkit;

import io.everstate.platform.launcher.Platform;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the child process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessPlatformIT implements PlatformContract {

    private @Nullable Platform platform;

    @BeforeAll
    void start(@TempDir Path directory) {
        platform = ProcessPlatform.start(PlatformOptions.in(directory)
                .ports(Ports.free())
                .secrets(Secrets.generate())
                .controlled());
    }

    @AfterAll
    void stop() {
        platform().close();
    }

    @Override
    public Platform platform() {
        return Objects.requireNonNull(platform);
    }
}
