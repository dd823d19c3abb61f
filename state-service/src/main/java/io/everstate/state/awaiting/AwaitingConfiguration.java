package io.everstate.state.awaiting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a question may wait for what it asks for. */
@ConfigMapping(prefix = "everstate.query")
public interface AwaitingConfiguration {
    /** How long {@code atLeast} waits for its event; then the answer is 503. */
    @WithDefault("2s")
    Duration awaitDeadline();

    /** How often those who wait look together at what other replicas have folded. */
    @WithDefault("50ms")
    Duration awaitLook();
}
