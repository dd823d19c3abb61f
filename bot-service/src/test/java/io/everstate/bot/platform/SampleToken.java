package io.everstate.bot.platform;

import java.nio.file.Path;

/** A service's token from a file of the test. */
public final class SampleToken {
    private SampleToken() {}

    public static ServiceToken in(Path file) {
        return new ServiceToken(() -> file);
    }
}
