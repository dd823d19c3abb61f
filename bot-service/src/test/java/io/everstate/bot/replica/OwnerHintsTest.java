package io.everstate.bot.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.everstate.bot.ownership.OwnershipConfiguration;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SampleJson;
import io.smallrye.reactive.messaging.kafka.Record;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerHintsTest {
    private static final String HERE = "http://here:8081";

    private final RecordingEmitter emitter = new RecordingEmitter();
    private final OwnerHints hints = new OwnerHints(
            SampleConfiguration.of(
                    OwnershipConfiguration.class, Map.of("everstate.ownership.advertised-address", HERE)),
            emitter,
            new SampleJson());

    @Test
    void theOthersHearWhoOwns() {
        hints.announce(4, 7);

        assertThat(emitter.sent).singleElement().satisfies(entry -> {
            assertThat(entry.key()).isEqualTo("4");
            assertThat(entry.value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{\"epoch\":7,\"address\":\"http://here:8081\"}");
        });
    }

    @Test
    void nobodyIsSentBackToHere() {
        hear("4", "{\"epoch\":6,\"address\":\"http://there:8081\"}");

        hints.announce(4, 7);

        assertThat(hints.findElsewhere(4)).isEmpty();
        assertThat(hints.peers()).isEmpty();
    }

    @Test
    void aHigherEpochIsNewsAndALowerOneIsNot() {
        hear("4", "{\"epoch\":7,\"address\":\"http://there:8081\"}");
        hear("4", "{\"epoch\":6,\"address\":\"http://zombie:8081\"}");

        assertThat(hints.findElsewhere(4)).contains(new OwnerHint(7, "http://there:8081"));

        hear("4", "{\"epoch\":8,\"address\":\"http://next:8081\"}");
        assertThat(hints.findElsewhere(4)).contains(new OwnerHint(8, "http://next:8081"));
        assertThat(hints.peers()).containsExactly("http://next:8081");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "{\"epoch\":7}",
                "{\"epoch\":7,\"address\":\"not an address\"}",
                "{\"epoch\":7,\"address\":\"/path\"}"
            })
    void aHintThatCannotBeUsedIsPassedOver(String json) {
        hear("4", json);

        assertThat(hints.findElsewhere(4)).isEmpty();
    }

    @Test
    void aPartitionThatIsNoNumberIsPassedOver() {
        assertThatCode(() -> hear("four", "{\"epoch\":7,\"address\":\"http://there:8081\"}"))
                .doesNotThrowAnyException();
    }

    /** The reader of the log calls this; its failure would give every partition up. */
    @Test
    void aClosedChannelIsNoFailure() {
        emitter.complete();

        assertThatCode(() -> hints.announce(4, 7)).doesNotThrowAnyException();
    }

    private void hear(String partition, String json) {
        hints.hear(Record.of(partition, json.getBytes(StandardCharsets.UTF_8)));
    }
}
