package io.everstate.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everstate.cli.client.Bots.Shown;
import io.everstate.cli.console.Json;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BotSheetTest {

    private static final BotState BOT = SampleBots.stopped(1);
    private static final Parking PARKING = new Parking("io.everstate.bot.bot-cloned.v2", "unknown", 7, 9);

    @Test
    void saysThatABotIsNotFollowedAnyMoreAndByWhichRecord() {
        String sheet = BotSheet.of(new Shown(BOT, PARKING), Instant.EPOCH);

        assertThat(sheet)
                .containsPattern("(?m)^status +PARKED, was STOPPED$")
                .containsPattern("(?m)^parked by +the record at offset 7 of its partition,"
                        + " io.everstate.bot.bot-cloned.v2, is not understood: unknown$");
    }

    @Test
    void saysNothingOfThatWhileItIsFollowed() {
        String sheet = BotSheet.of(new Shown(BOT, null), Instant.EPOCH);

        assertThat(sheet).containsPattern("(?m)^status +STOPPED$").doesNotContainIgnoringCase("parked");
    }

    /** As bot-service writes it, and as {@code --json} shows it again. */
    @Test
    void isReadFromAndWrittenToOneObjectWithTheRecordInIt() throws JsonProcessingException {
        ObjectNode answer = Json.MAPPER.valueToTree(BOT);
        answer.set("parked", Json.MAPPER.valueToTree(PARKING));

        Shown shown = Json.MAPPER.readValue(answer.toString(), Shown.class);

        assertThat(shown).isEqualTo(new Shown(BOT, PARKING));
        assertThat(Json.MAPPER.<ObjectNode>valueToTree(shown)).isEqualTo(answer);
        assertThat(Json.MAPPER.readValue(Json.pretty(BOT), Shown.class)).isEqualTo(new Shown(BOT, null));
    }
}
