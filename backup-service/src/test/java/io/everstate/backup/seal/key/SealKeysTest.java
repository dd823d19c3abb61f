package io.everstate.backup.seal.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.testing.SealKeyPair;
import io.everstate.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealKeysTest {
    private static final SealKeyPair PAIR = SealKeyPair.anew();
    private static final byte[] CONTENT = "some bytes".getBytes(UTF_8);

    @TempDir
    Path directory;

    private static SealKeys trusting(SealKeyPair... others) {
        return SealKeys.of(
                Optional.empty(),
                Optional.empty(),
                List.of(others).stream().map(SealKeyPair::publicLine).toList());
    }

    @Test
    void signsWithTheKeyOfAFileOrOfTheEnvironment() throws IOException {
        var file = Files.writeString(directory.resolve("key.pem"), PAIR.privatePem());

        var byFile = SealKeys.of(Optional.of(file), Optional.empty(), List.of());
        var byText = SealKeys.of(Optional.empty(), Optional.of(PAIR.privatePem()), List.of());

        var own = byFile.own().orElseThrow();
        assertThat(byText.own().orElseThrow().id()).isEqualTo(own.id());
        assertThat(trusting(PAIR).verifies(own.id(), CONTENT, own.sign(CONTENT)))
                .isTrue();
        assertThat(byFile.trusts(own.id())).as("its own").isTrue();
    }

    @Test
    void takesNoSignatureOfOtherBytesOrOfAKeyThatIsNotTrusted() {
        var own = SealKeys.of(Optional.empty(), Optional.of(PAIR.privatePem()), List.of())
                .own()
                .orElseThrow();
        var signature = own.sign(CONTENT);

        assertThat(trusting(PAIR).verifies(own.id(), "other bytes".getBytes(UTF_8), signature))
                .isFalse();
        assertThat(trusting(PAIR).verifies(own.id(), CONTENT, new byte[64])).isFalse();
        assertThat(trusting(PAIR).verifies(own.id(), CONTENT, new byte[] {1})).isFalse();
        assertThat(trusting(SealKeyPair.anew()).verifies(own.id(), CONTENT, signature))
                .isFalse();
        assertThat(trusting(SealKeyPair.anew()).trusts(own.id())).isFalse();
    }

    @Test
    void namesAKeyAsOpenSslDoes() throws IOException {
        Files.writeString(directory.resolve("key.pem"), PAIR.privatePem());

        var id = Tools.run(
                directory,
                "sh",
                "-c",
                "openssl pkey -in key.pem -pubout -outform DER 2>/dev/null | sha256sum | head -c 16");

        assertThat(SealKeys.of(Optional.empty(), Optional.of(PAIR.privatePem()), List.of())
                        .own()
                        .orElseThrow()
                        .id())
                .isEqualTo(id);
    }

    @Test
    void hasNoKeyWhereNoneIsGiven() {
        assertThat(trusting().own()).isEmpty();
        assertThat(trusting().any()).isFalse();
        assertThat(trusting(PAIR).any()).isTrue();
    }

    @Test
    void namesTheSettingThatIsNoKeyAndShowsNothingOfIt() {
        var none = Optional.of("c2VjcmV0IG9mIHRoZSBvcGVyYXRvcg==");

        assertThatThrownBy(() -> SealKeys.of(Optional.empty(), none, List.of()))
                .hasMessageContaining("everstate.seals.key ")
                .hasNoCause()
                .message()
                .doesNotContain("c2Vj");
        assertThatThrownBy(() -> SealKeys.of(Optional.of(directory.resolve("nowhere")), Optional.empty(), List.of()))
                .hasMessageContaining("everstate.seals.key-file");
        assertThatThrownBy(() -> SealKeys.of(Optional.of(directory), Optional.of(PAIR.privatePem()), List.of()))
                .hasMessageContaining("both given");
        assertThatThrownBy(() -> SealKeys.of(Optional.empty(), Optional.empty(), List.of("nothing")))
                .hasMessageContaining("everstate.seals.trusted-keys: number 1");
    }
}
