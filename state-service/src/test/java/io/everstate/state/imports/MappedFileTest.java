package io.everstate.state.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.problem.InvalidException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("PT10")
class MappedFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static List<Draft> read(String text, String mapping) {
        return new MappedFile(Files.origin(text), Mapping.of(Files.file(mapping).root()), NOW).read();
    }

    @Test
    void takesWhatTheMappingNames() {
        var draft = read(Files.OTHER, Files.OTHER_MAPPING).getFirst();

        assertThat(draft.bot().configuration().name()).isEqualTo("swing");
        assertThat(draft.bot().configuration().symbols()).containsExactly("BTC/USD", "ETH/USD");
        assertThat(draft.bot().configuration().initialBalance()).isEqualTo(Amount.of("21750.5"));
        assertThat(draft.bot().lifecycle().createdAt()).isEqualTo(Instant.parse("2025-02-01T00:00:00Z"));
        var bitcoin = Objects.requireNonNull(draft.bot().symbols().get("BTC/USD"));
        assertThat(bitcoin.balance()).isEqualTo(Amount.of("1000.5"));
        assertThat(bitcoin.position()).isEqualTo(Amount.of("0.25"));
        assertThat(bitcoin.trades()).isEqualTo(9);
    }

    @Test
    void oneThatRunsElsewhereIsItsDocument() {
        var mapping = "{\"mapping\": 1, \"kind\": \"EXTERNAL\", \"bots\": \"/desk\", \"bot\": {\"name\": \"/label\"}}";

        var draft = read(Files.OTHER, mapping).getFirst();

        assertThat(draft.bot().kind()).isEqualTo(BotKind.EXTERNAL);
        assertThat(draft.bot().document()).isNotNull();
        assertThat(draft.bot().lifecycle().createdAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\": 2 | \"format\": 3 | /format \"3\" is not known",
                "\"colour\" | \"color\" | 0:/color is named neither",
                "\"fees\": 12.5 | \"fees\": 12.5, \"tax\": {\"a\": 1} | 0:/tax/a is named neither",
                "\"cash\": 500 | \"cash\": -500 | 1:/cash must not be negative",
                "\"cash\": 500 | \"cash\": \"much\" | 1:/cash must be a number",
                "\"qty\": 0.25 | \"qty\": 0.123456789 | 0:/qty 0.123456789 cannot be kept exactly",
                "ETH/USD | BTC/USD | 1:name is BTC/USD, which another one is too",
                "\"desk\" | \"desks\" | /desk must be an object or a list"
            })
    void whatIsWrongInTheFileIsNamed(String right, String wrong, String sentence) {
        assertThat(Files.OTHER).contains(right);

        assertThatThrownBy(() -> read(Files.OTHER.replace(right, wrong), Files.OTHER_MAPPING))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"mapping\": 1 | \"mapping\": 2 | mapping.mapping must be 1",
                "\"TRADING\" | \"HOSTED\" | mapping cannot be taken",
                "\"name\": \"/label\" | \"nom\": \"/label\" | mapping.bot.nom is not among",
                "\"/pair\" | \"pair\" | mapping.symbol.name must be a JSON pointer",
                "\"ignored\" | \"ignore\" | mapping cannot be taken"
            })
    void whatIsWrongInTheMappingIsNamed(String right, String wrong, String sentence) {
        assertThat(Files.OTHER_MAPPING).contains(right);

        assertThatThrownBy(() -> read(Files.OTHER, Files.OTHER_MAPPING.replace(right, wrong)))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining(sentence);
    }
}
