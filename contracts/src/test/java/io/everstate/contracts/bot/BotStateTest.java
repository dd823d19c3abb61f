package io.everstate.contracts.bot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.sample.Story;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BotStateTest {
    private static final String GOLDEN = Golden.text("state/bot-state.v1-2.json");
    /** As it was written before there were versions of the configuration; the story had twelve records then. */
    private static final String FIRST = Golden.text("state/bot-state.v1.json");

    private final JacksonFormat json = new JacksonFormat();

    @Test
    void isWrittenAsItsGoldenText() {
        assertThat(new String(json.write(Story.end()), UTF_8)).isEqualTo(GOLDEN);
    }

    @Test
    void isReadFromItsGoldenText() {
        assertThat(read(GOLDEN)).isEqualTo(Story.end());
    }

    @Test
    void isReadFromWhatWasWrittenBeforeThereWereVersionsOfTheConfiguration() {
        assertThat(read(FIRST)).isEqualTo(Story.after(12));
    }

    @Test
    void refusesAConfigurationThatIsNotItsNewestVersion() {
        var other = GOLDEN.replaceFirst("Trend follower, slower", "Somebody else");

        assertThatThrownBy(() -> read(other)).isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    @Tag("PT1")
    void carriesWhatASessionAndEachOfItsSymbolsAreMadeOf() throws Exception {
        var state = JacksonFormat.MAPPER.readTree(GOLDEN);

        assertThat(state.has("version")).isTrue();
        assertThat(state.at("/lifecycle/createdAt").isTextual()).isTrue();
        assertThat(state.at("/configuration/initialBalance").isTextual()).isTrue();
        assertThat(JacksonFormat.MAPPER
                        .readTree(FIRST)
                        .at("/lifecycle/emergencyStop/reason")
                        .isTextual())
                .isTrue();
        assertThat(state.at("/portfolio/recentTrades").size()).isEqualTo(2);
        assertThat(state.at("/portfolio/symbols/BTC~1USD").fieldNames())
                .toIterable()
                .contains("balance", "position", "positionValue", "entryPrice", "totalFees", "trades")
                .contains("currentPrice", "lastTradeAt", "tradesLastHour", "maxLossReached", "highestValue");
    }

    @Test
    void carriesWhatTheRegistryKnowsOfABot() throws Exception {
        var state = JacksonFormat.MAPPER.readTree(GOLDEN);

        assertThat(state.fieldNames()).toIterable().contains("id", "kind", "configuration", "updatedAt");
        assertThat(state.get("lifecycle").fieldNames())
                .toIterable()
                .contains("status", "createdAt", "startedAt", "stoppedAt", "restarts", "runningTime");
    }

    @Test
    void ignoresPropertiesThatALaterReleaseAdds() {
        var later = GOLDEN.replace("{\"status\"", "{\"mood\":\"calm\",\"status\"")
                .replace("{\"version\"", "{\"x\":{},\"version\"");

        assertThat(later).isNotEqualTo(GOLDEN);
        assertThat(read(later)).isEqualTo(Story.end());
    }

    @Test
    void refusesAVersionItDoesNotKnow() {
        var later = GOLDEN.replace("{\"version\":1,", "{\"version\":2,");

        assertThatThrownBy(() -> read(later))
                .isInstanceOf(UnreadableRecordException.class)
                .hasRootCauseMessage("a bot's state of version 2 is unknown, only 1");
    }

    @Test
    void keepsTheNewestOutcomesOnly() {
        var many = IntStream.range(0, 300)
                .mapToObj(i -> new CommandOutcome("key-" + i, i, "type"))
                .toList();

        var state = with(many);

        assertThat(state.outcomes()).isEqualTo(many.subList(172, 300));
    }

    @Test
    void findsTheFirstOutcomeOfAKey() {
        var first = new CommandOutcome("again", 4, "first");
        var state = with(List.of(new CommandOutcome("other", 3, "x"), first, new CommandOutcome("again", 9, "second")));

        assertThat(state.outcomeOf("again")).contains(first);
        assertThat(state.outcomeOf("never")).isEmpty();
    }

    private static BotState with(List<CommandOutcome> outcomes) {
        var end = Story.end();
        return new BotState(
                BotState.VERSION,
                end.id(),
                end.kind(),
                end.configuration(),
                end.sequence(),
                end.updatedAt(),
                end.lifecycle(),
                end.portfolio(),
                outcomes,
                end.configurations());
    }

    private BotState read(String text) {
        return json.read(text.getBytes(UTF_8), BotState.class);
    }
}
