package io.everstate.state.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.problem.InvalidException;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SF1")
@Tag("SF5")
class SniperForgeTest {
    private static final String FIRST = "123e4567-e89b-12d3-a456-426614174000";

    private static JsonNode document(Draft draft) throws IOException {
        var document = Objects.requireNonNull(draft.bot().document());
        return JsonFile.MAPPER.readTree(Base64.getDecoder().decode(document.base64()));
    }

    @Test
    void everyBotKeepsItsIdItsTimesAndItsCounts() {
        var drafts = new SniperForge(Files.origin(Files.SNIPER)).read();

        assertThat(drafts).hasSize(2);
        var first = drafts.getFirst();
        assertThat(String.valueOf(first.bot().id())).isEqualTo(FIRST);
        assertThat(first.bot().kind()).isEqualTo(BotKind.EXTERNAL);
        assertThat(first.bot().configuration().name()).isEqualTo("default arbitrage");
        assertThat(first.bot().configuration().labels())
                .containsEntry("type", "enhancedarbitrage")
                .containsEntry("default", "true");
        assertThat(first.bot().lifecycle().restarts()).isEqualTo(2);
        assertThat(first.bot().lifecycle().runningTime()).isEqualTo(Duration.ofHours(3));
        assertThat(first.bot().lifecycle().stopReason()).isEqualTo(StopReason.RESTART);
        assertThat(first.notes()).contains("it was running, and is marked as stopped");
        var second = drafts.getLast().bot();
        assertThat(second.configuration().name()).isEqualTo("PatternAnalyzer 987fcdeb");
        assertThat(second.configuration().labels())
                .containsEntry("was", "error")
                .doesNotContainKey("default");
        assertThat(second.lifecycle().startedAt()).isNull();
    }

    @Test
    void whatTheFileSaysOfABotIsItsDocumentWithAllDigits() throws IOException {
        var document =
                document(new SniperForge(Files.origin(Files.SNIPER)).read().getFirst());

        assertThat(document.at("/last_known_metrics/trading/total_pnl_usd").asText())
                .isEqualTo("1234.56");
        assertThat(document.at("/config/parameters/min_profit_threshold").asText())
                .isEqualTo("0.005000000000000001");
    }

    @Test
    void secretsAreLeftOutAndNamed() throws IOException {
        var draft = new SniperForge(Files.origin(Files.SNIPER)).read().getFirst();

        assertThat(document(draft).toString()).doesNotContain("0123456789");
        assertThat(draft.notes())
                .anyMatch(note -> note.contains("config.security.api_keys")
                        && note.contains("config.network.solana_rpc_urls[0]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\": \"5.8.1\" | \"version\": \"6.0.0\" | version \"6.0.0\" is not known",
                "\"bot_id\": \"123e4567 | \"bot_id\": \"923e4567 | bot_id must be the name that it has in bots",
                "\"restart_count\": 2 | \"restart_count\": -2 | restart_count must be a whole number",
                "\"is_default\": true | \"is_default\": true, \"new\": 1 | new is not known in this format",
                "\"status\": \"Running\" | \"status\": 7 | status must be a word",
                "\"metrics_history\": [ | \"metrics\": [ | metrics_history is missing"
            })
    void whatIsWrongIsNamed(String right, String wrong, String sentence) {
        assertThat(Files.SNIPER).contains(right);

        assertThatThrownBy(() -> new SniperForge(Files.origin(Files.SNIPER.replace(right, wrong))).read())
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining(sentence);
    }
}
