package io.everstate.platform.testkit.containers;

import io.everstate.platform.launcher.Platform;

/** The platform on Testcontainers. */
public final class ContainerPlatform {

    private ContainerPlatform() {}

    public static Platform start() {
        return java.util.Optional.<Platform>empty().orElseThrow();
    }
}
