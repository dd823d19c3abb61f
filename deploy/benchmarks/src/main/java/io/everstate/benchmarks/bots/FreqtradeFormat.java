package io.everstate.benchmarks.bots;

/** A fill as freqtrade sends it in each of its formats, by the configuration that the command line prints. */
enum FreqtradeFormat {
    FORM(
            "application/x-www-form-urlencoded",
            "event=entry_fill&trade_id=17&exchange=Binance&pair=FTM%2FUSDT&direction=Long&open_rate=1.1573&amount=8.0"
                    + "&stake_amount=9.2584&stake_currency=USDT&enter_tag=dip"),
    JSON("application/json", """
            {"event": "entry_fill", "trade_id": "17", "exchange": "Binance", "pair": "FTM/USDT", "direction": "Long",
             "open_rate": "1.1573", "amount": "8.0", "stake_amount": "9.2584", "stake_currency": "USDT", "enter_tag": "dip"}"""),
    RAW(
            "text/plain",
            "event=entry_fill&trade_id=17&exchange=Binance&pair=FTM/USDT&direction=Long&open_rate=1.1573&amount=8.0"
                    + "&stake_amount=9.2584&stake_currency=USDT&enter_tag=dip");

    private final String contentType;
    private final String body;

    FreqtradeFormat(String contentType, String body) {
        this.contentType = contentType;
        this.body = body;
    }

    String contentType() {
        return contentType;
    }

    String body() {
        return body;
    }
}
