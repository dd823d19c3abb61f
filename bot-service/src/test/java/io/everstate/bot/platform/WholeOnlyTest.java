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
import io.everstate.contracts.view.PartitionView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On what a state-service of a later release would answer. */
class WholeOnlyTest {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .addHandler(new WholeOnly())
            .build();

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

    @Test
    void leavesOutWhatElseIsNotKnown() throws JsonProcessingException {
        var later = MAPPER.writeValueAsString(view)
                .replaceFirst("\\{", "{\"mood\":\"good\",")
                .replaceFirst("\"lifecycle\":\\{", "\"lifecycle\":{\"mood\":\"good\",");

        assertThat(MAPPER.readValue(later, PartitionView.class)).isEqualTo(view);
    }
}
