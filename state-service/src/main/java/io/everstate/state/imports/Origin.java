package io.everstate.state.imports;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a file is, and what was said about it.
 *
 * @param name of the file, without directory and ending
 */
record Origin(JsonFile file, String name, String strategy, Map<String, String> symbols, Reading reading) {
    private static final int SHOWN = 12;
    private static final int LONGEST_NAME = 60;

    /** A word or two on where a bot comes from; goes into its first event. */
    String source(String format) {
        return "%s (%s, sha256 %s)".formatted(name, format, file.sha256());
    }

    /** By which all bots of one file are selected. */
    String label() {
        return file.sha256().substring(0, SHOWN);
    }

    /** The market here, when the file names one without a slash as exchanges do: BTCUSDT. */
    String market(String symbol) {
        var said = symbols.get(symbol);
        return said == null ? split(symbol).orElse(symbol) : said;
    }

    private static Optional<String> split(String symbol) {
        return Stream.of("USDT", "USDC", "USD", "EUR", "BTC", "ETH")
                .filter(quote -> symbol.endsWith(quote) && symbol.length() > quote.length() && symbol.indexOf('/') < 0)
                .map(quote -> symbol.substring(0, symbol.length() - quote.length()) + "/" + quote)
                .findFirst();
    }

    /** A file's name as a bot's. */
    static String plain(@Nullable String name) {
        var text = name == null ? "" : name.replaceAll("^.*[/\\\\]", "").replaceFirst("(?i)\\.json$", "");
        var clean = text.replaceAll("[^A-Za-z0-9._ -]", "_").strip();
        var shown = clean.isEmpty() ? "import" : clean;
        return shown.length() > LONGEST_NAME ? shown.substring(0, LONGEST_NAME) : shown;
    }

    /** As a label's value may be. */
    static String asLabel(String text) {
        var clean = text.replaceAll("[^A-Za-z0-9._-]", "-");
        return clean.isEmpty()
                ? "none"
                : clean.substring(0, Math.min(clean.length(), 63)).toLowerCase(Locale.ROOT);
    }
}
