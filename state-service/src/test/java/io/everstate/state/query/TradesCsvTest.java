package io.everstate.state.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.Trade;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradesCsvTest {
    private static Trade trade(String symbol) {
        return new Trade(
                41,
                symbol,
                Side.SELL,
                Amount.of("0.5"),
                Amount.of(104),
                Amount.of("0.05"),
                Amount.of("-1.25"),
                Instant.parse("2026-11-22T08:00:00Z"),
                17,
                2);
    }

    private static String written(String symbol) throws IOException {
        var text = new StringBuilder();
        new TradesCsv(text).add(trade(symbol));
        return text.toString();
    }

    @Test
    void hasAHeaderAndALineForEachTrade() throws IOException {
        var text = new StringBuilder();
        var csv = new TradesCsv(text);

        csv.header();
        csv.add(trade("BTC/USD"));

        assertThat(text).hasToString("""
                sequence,leg,at,symbol,side,quantity,price,fee,realisedProfit,feedPosition\r
                41,2,2026-11-22T08:00:00Z,BTC/USD,SELL,0.5,104,0.05,-1.25,17\r
                """);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "=cmd() | '=cmd()",
                "+1 | '+1",
                "-1 | '-1",
                "@SUM(A1) | '@SUM(A1)",
                "a,b | \"a,b\"",
                "a\"b | \"a\"\"b\"",
                "=\"x\",1 | \"'=\"\"x\"\",1\"",
                "BTC=X | BTC=X"
            })
    void writesNoTextThatASpreadsheetWouldCarryOut(String symbol, String cell) throws IOException {
        assertThat(written(symbol)).startsWith("41,2,2026-11-22T08:00:00Z," + cell + ",SELL,");
    }

    @Test
    void quotesLinesWithinAText() throws IOException {
        assertThat(written("a\r\nb")).contains(",\"a\r\nb\",");
    }
}
