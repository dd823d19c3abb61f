package io.everstate.backup.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.seal.SealReading.Broken;
import io.everstate.backup.seal.SealReading.Genuine;
import io.everstate.backup.seal.SealReading.UnknownKey;
import io.everstate.backup.seal.SealReading.Unsigned;
import io.everstate.backup.seal.SealReading.WrongSignature;
import io.everstate.backup.testing.SealKeyPair;
import io.everstate.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealFileTest {
    private static final SealKeyPair PAIR = SealKeyPair.anew();
    private static final SealKeyPair OTHER = SealKeyPair.anew();

    @TempDir
    Path directory;

    private final SampleSeals signed = new SampleSeals(PAIR);
    private final SealFile file = SampleSeals.file(null, List.of(PAIR));

    /** What was stored once is read by every later version. */
    @Test
    void isStoredAsItWas() throws IOException {
        var first = new SampleSeals(null).behind("default", null);
        var second = new SampleSeals(null).behind("default", first);

        try (var golden = getClass().getResourceAsStream("/golden/seals-v1.jsonl")) {
            assertThat(new String(first.bytes(), UTF_8) + new String(second.bytes(), UTF_8))
                    .isEqualTo(new String(Objects.requireNonNull(golden).readAllBytes(), UTF_8));
        }
        assertThat(second.object())
                .isEqualTo("seals/default/0000000002-%s.jsonl"
                        .formatted(second.sha256().substring(0, 16)));
    }

    @Test
    void isGenuineWhenATrustedKeySignedIt() {
        var seal = signed.behind("default", null);

        assertThat(file.read(seal.bytes())).isInstanceOfSatisfying(Genuine.class, genuine -> {
            assertThat(genuine.stored().seal()).isEqualTo(seal.seal());
            assertThat(genuine.sha256()).isEqualTo(seal.sha256());
        });
    }

    @Test
    void isOfAnUnknownKeyOrUnsignedAsItIs() {
        assertThat(file.read(new SampleSeals(OTHER).behind("default", null).bytes()))
                .isInstanceOf(UnknownKey.class);
        assertThat(file.read(new SampleSeals(null).behind("default", null).bytes()))
                .isInstanceOf(Unsigned.class);
    }

    @Test
    void isNotGenuineWhenItWasChanged() {
        assertThat(file.read(SampleSeals.changed(signed.behind("default", null))))
                .isInstanceOf(WrongSignature.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}\n", "null\n", "{\"formatVersion\":1}\n{\"keyId\":\"x\"}\n", "\0\n\0"})
    void isBrokenWhenItIsNoSeal(String content) {
        assertThat(file.read(content.getBytes(UTF_8))).isInstanceOf(Broken.class);
    }

    @Test
    void isBrokenWhenItIsOfALaterFormatOrItsSignatureIsNone() {
        var text = new String(signed.behind("default", null).bytes(), UTF_8);

        assertThat(file.read(text.replace("\"formatVersion\":1", "\"formatVersion\":2")
                        .getBytes(UTF_8)))
                .isEqualTo(new Broken("its format version is 2"));
        assertThat(file.read(text.lines()
                        .findFirst()
                        .orElseThrow()
                        .concat("\nnothing\n")
                        .getBytes(UTF_8)))
                .isInstanceOf(Broken.class);
    }

    /** Its hash is over both lines, and the signature over the first one: a second form of it would be another seal that is genuine too. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "keyId":     | "keyId" :
            {"keyId":    | {"more":1,"keyId":
            {"keyId":    | {  "keyId":
            =="}         | "}
            "}           | "} }
            """)
    void isNoSealWhenItsSecondLineIsWrittenOtherwise(String text, String instead) {
        var seal = new String(signed.behind("default", null).bytes(), UTF_8);
        var end = seal.indexOf('\n') + 1;
        var other = seal.substring(0, end) + seal.substring(end).replace(text, instead);

        assertThat(other).isNotEqualTo(seal);
        assertThat(file.read(other.getBytes(UTF_8))).isInstanceOf(Broken.class);
        assertThat(file.read((seal + "\n").getBytes(UTF_8))).isInstanceOf(Broken.class);
    }

    @Test
    void isNoSealWhenAnUnsignedLineIsWrittenOtherwise() {
        var seal = new String(new SampleSeals(null).behind("default", null).bytes(), UTF_8);

        assertThat(file.read(seal.replace("\"number\":1", "\"number\": 1").getBytes(UTF_8)))
                .isInstanceOf(Broken.class);
        assertThat(file.read(seal.stripTrailing().getBytes(UTF_8))).isInstanceOf(Broken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "0D2B1F0C7A110F9A", "0d2b1f0c7a110f9", "0d2b1f0c7a110f9ab", "<script>0123456"})
    void takesNoTextForTheNameOfAKeyThatIsNone(String keyId) {
        var seal = new String(new SampleSeals(OTHER).behind("default", null).bytes(), UTF_8);

        var reading = file.read(
                seal.replaceFirst("\"keyId\":\"[^\"]*\"", Matcher.quoteReplacement("\"keyId\":\"" + keyId + "\""))
                        .getBytes(UTF_8));

        assertThat(reading).isInstanceOf(Broken.class);
    }

    /** The commands of the README. */
    @Test
    void isCheckedByOpenSsl() throws IOException {
        Files.writeString(directory.resolve("seal.pub.pem"), PAIR.publicPem());
        Files.write(directory.resolve("SEAL"), signed.behind("default", null).bytes());

        var said = Tools.run(directory, "sh", "-c", """
                head -n 1 SEAL > seal.json
                tail -n 1 SEAL | sed 's/.*"signature":"\\([^"]*\\)".*/\\1/' | base64 -d > seal.sig
                openssl pkeyutl -verify -pubin -inkey seal.pub.pem -rawin -in seal.json -sigfile seal.sig""");

        assertThat(said).contains("Signature Verified Successfully");
    }
}
