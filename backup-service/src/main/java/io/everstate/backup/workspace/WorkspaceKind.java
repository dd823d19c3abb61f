package io.everstate.backup.workspace;

import java.util.List;

/** Whose workspace it is, and with that the lists that hold for every key that is not configured. */
public enum WorkspaceKind {
    EVERSTATE {
        @Override
        Profile profile() {
            return new Profile(
                    PathPatterns.of("logs/bot_state.json"),
                    PathPatterns.of(".env", "configs/**"),
                    PathPatterns.of("logs/*.log", "logs/*.log.*"),
                    PathPatterns.of(),
                    List.of("logs/bot_state.json", "configs/alert_config.json", "configs/bybit_x_config.json", ".env"),
                    List.of("backtrader_engine", "configs", "scripts", "logs"));
        }
    },

    /**
     * The directory that freqtrade is started in, with {@code user_data} in it. Its database lies in either of them, and is all of its state but what
     * FreqAI has learned; candles are the biggest part and can be had again.
     */
    FREQTRADE {
        @Override
        Profile profile() {
            return new Profile(
                    PathPatterns.of(
                            "*.sqlite",
                            "user_data/*.sqlite",
                            "user_data/models/*/pair_dictionary.json",
                            "user_data/models/*/historic_predictions.pkl"),
                    PathPatterns.of(
                            ".env",
                            "docker-compose.yml",
                            "config*.json",
                            "user_data/config*.json",
                            "user_data/strategies/**",
                            "user_data/freqaimodels/**"),
                    PathPatterns.of("user_data/logs/**"),
                    PathPatterns.of("user_data/data/**"),
                    List.of("user_data/tradesv3.sqlite", "user_data/config.json"),
                    List.of("user_data", "user_data/strategies"));
        }
    },

    /**
     * The directory of the classic client. The fills are state too: the database rounds the prices of cheap pairs to nothing, and only these files keep
     * them. Without the password's hash no key in the configuration can be read.
     */
    HUMMINGBOT {
        @Override
        Profile profile() {
            return new Profile(
                    PathPatterns.of("data/*.sqlite", "data/trades_*.csv"),
                    PathPatterns.of("conf/**", "scripts/**", "controllers/**", "pmm_scripts/**", "certs/**"),
                    PathPatterns.of("logs/**"),
                    PathPatterns.of(),
                    List.of("conf/conf_client.yml", "conf/.password_verification"),
                    List.of("conf", "conf/connectors", "conf/strategies", "data"));
        }
    },

    /** Nothing is assumed. */
    GENERIC {
        @Override
        Profile profile() {
            return new Profile(
                    PathPatterns.of(), PathPatterns.of(), PathPatterns.of(), PathPatterns.of(), List.of(), List.of());
        }
    };

    abstract Profile profile();
}
