package io.everstate.state.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A file to be imported, and what it does not say itself.
 *
 * @param name of the file, for people
 * @param content its bytes in base64
 * @param format null = told by the file
 * @param mapping what means what; for a file of a format of its own
 * @param strategy of bots that are hosted here; sma-cross when absent
 * @param symbols the markets here by their names in the file
 * @param zone of times that have none; UTC when absent
 * @param round amounts with more than 8 decimal places to the nearest; else they are refused
 */
record ImportRequest(
        @Nullable @Schema(examples = "safe_multi_symbol_state.json")
        String name,

        @Nullable String content,
        @Nullable @Schema(examples = "PAPER_TRADER") FileFormat format,
        @Nullable JsonNode mapping,
        @Nullable @Schema(examples = "sma-cross") String strategy,

        @Nullable @Schema(examples = "{\"BTCUSDT\":\"BTC/USDT\"}")
        Map<String, String> symbols,

        @Nullable @Schema(examples = "Europe/Berlin") String zone,
        boolean round) {}
