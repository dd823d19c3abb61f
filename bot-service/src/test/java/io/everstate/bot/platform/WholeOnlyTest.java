package io.everstate.bot.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.view.PartitionView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On what a state-service of a later release would answer. */
class WholeOnlyTest {
    private static final ObjectMapper PLAIN = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();
    private static final ObjectMapper MAPPER = PLAIN.copy().addHandler(new WholeOnly());

    private final PartitionView view =
            new PartitionView(3, "topic-1", 42, 7, List.of(SampleBots.created(SampleBots.id(1))));

    @Test
    void refusesAConfigurationWithAPropertyThatIsNotKnown() throws JsonProcessingException {
        var later =
                MAPPER.writeValueAsString(view).replaceFirst("\"feeRate\":", "\"trailingStop\":\"0.05\",\"feeRate\":");

        assertThatThrownBy(() -> MAPPER.readValue(later, PartitionView.class))
                .isInstanceOf(MismatchedInputException.class)
                .hasMessageContaining("this version does not know \"trailingStop\" of a BotConfiguration");
    }

    @Test
    void refusesALimitThatIsNotKnown() throws JsonProcessingException {
        var later = MAPPER.writeValueAsString(view)
                .replaceFirst("\"feeRate\":", "\"limits\":{\"maxLossPerDay\":\"0.05\"},\"feeRate\":");

        assertThatThrownBy(() -> MAPPER.readValue(later, PartitionView.class))
                .isInstanceOf(MismatchedInputException.class)
                .hasMessageContaining("\"maxLossPerDay\" of a RiskLimits");
    }

    /** With the service's own format, which records are read by once only. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "feeRate": | "trailingStop":"0.05","feeRate":
            "feeRate": | "limits":{"maxLossPerDay":"0.05"},"feeRate":
            """)
    void parksACheckpointWithAConfigurationThatSaysMore(String known, String later) {
        var format = new JacksonFormat(PLAIN);
        var codec = new RecordCodec(format);
        var state = SampleBots.created(SampleBots.id(1));
        var encoded = codec.encode(new BotEventRecorded(
                UUID.randomUUID(),
                SampleBots.START,
                "test",
                1,
                state.id(),
                2,
                null,
                null,
                new CheckpointTaken("test", state)));
        var data = new String(encoded.data(), StandardCharsets.UTF_8).replaceFirst(known, later);

        var read = codec.read(encoded.headers(), data.getBytes(StandardCharsets.UTF_8));

        assertThat(format.refusesUnknownInWhole()).isTrue();
        assertThat(codec.read(encoded.headers(), encoded.data())).isInstanceOf(Known.class);
        assertThat(read)
                .isInstanceOfSatisfying(
                        NotUnderstood.class,
                        parking -> assertThat(parking.why()).contains("this version does not know"));
    }

    @Test
    void leavesOutWhatElseIsNotKnown() throws JsonProcessingException {
        var later = MAPPER.writeValueAsString(view)
                .replaceFirst("\\{", "{\"mood\":\"good\",")
                .replaceFirst("\"lifecycle\":\\{", "\"lifecycle\":{\"mood\":\"good\",");

        assertThat(MAPPER.readValue(later, PartitionView.class)).isEqualTo(view);
    }
}
