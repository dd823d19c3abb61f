package io.everstate.bot.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotCredentialTest {
    @Test
    void knowsItsBotAndItsHashAndNothingElse() {
        var token = BotCredential.mint(SampleBots.id(7));

        var credential = BotCredential.of(token).orElseThrow();

        assertThat(credential.bot()).isEqualTo(SampleBots.id(7));
        assertThat(credential.hasHash(BotCredential.hash(token))).isTrue();
        assertThat(credential.hasHash(BotCredential.hash(BotCredential.mint(SampleBots.id(7)))))
                .isFalse();
        assertThat(credential).hasToString("bot " + SampleBots.id(7));
    }

    @Test
    void isNeverMintedTwice() {
        assertThat(BotCredential.mint(SampleBots.id(1))).isNotEqualTo(BotCredential.mint(SampleBots.id(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evb_",
                "evb_019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11",
                "evb_019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11_short",
                "evb_019a9b53-6e00-7c3d-8a55-2f6b9e0d1c1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "evb_------------------------------------_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "evb_019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "evb_019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
            })
    void isOfOneFormOnly(String text) {
        assertThat(BotCredential.of(text)).isEmpty();
    }
}
