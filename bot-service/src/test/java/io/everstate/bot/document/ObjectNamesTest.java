package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ObjectNamesTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @Test
    void sayWhoseBytesTheyAreAndWhich() {
        var name = ObjectNames.of(SampleBots.id(1), Instant.EPOCH, HASH);

        assertThat(name).startsWith("documents/" + SampleBots.id(1) + "/").endsWith("-" + HASH);
        assertThat(ObjectNames.botOf(name)).contains(SampleBots.id(1));
        assertThat(ObjectNames.isOf(name, SampleBots.id(1), HASH)).isTrue();
        assertThat(ObjectNames.isOf(name, SampleBots.id(2), HASH)).isFalse();
        assertThat(ObjectNames.isOf(name, SampleBots.id(1), "f".repeat(64))).isFalse();
    }

    @Test
    void areNeverUsedTwice() {
        assertThat(ObjectNames.of(SampleBots.id(1), Instant.EPOCH, HASH))
                .isNotEqualTo(ObjectNames.of(SampleBots.id(1), Instant.EPOCH, HASH));
    }

    @Test
    void areTheirsOnly() {
        assertThat(ObjectNames.botOf("documents/" + HASH)).isEmpty();
        assertThat(ObjectNames.botOf("documents/../" + SampleBots.id(1))).isEmpty();
    }
}
