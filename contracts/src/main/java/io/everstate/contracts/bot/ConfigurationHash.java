package io.everstate.contracts.bot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** SHA-256 over a configuration's parts, each with its length before it, so that no two configurations have the same text. */
final class ConfigurationHash {
    private final StringBuilder text = new StringBuilder();

    private ConfigurationHash() {}

    static String of(BotConfiguration configuration) {
        var hash = new ConfigurationHash()
                .part(configuration.name())
                .part(configuration.strategy())
                .parts(configuration.symbols())
                .part(configuration.initialBalance())
                .part(configuration.feeRate())
                .parts(configuration.parameters())
                .part(configuration.restartPolicy())
                .parts(configuration.maxDrawdown() == null ? List.of() : List.of(configuration.maxDrawdown()))
                .parts(configuration.labels());
        return configuration.dependsOn().isEmpty()
                ? hash.hex()
                : hash.part("dependsOn").parts(configuration.dependsOn()).hex();
    }

    private ConfigurationHash part(Object value) {
        var written = value.toString();
        text.append(written.length()).append(':').append(written);
        return this;
    }

    private ConfigurationHash parts(List<?> values) {
        text.append(values.size()).append('*');
        values.forEach(this::part);
        return this;
    }

    private ConfigurationHash parts(Map<String, ?> values) {
        text.append(values.size()).append('*');
        values.forEach((name, value) -> part(name).part(value));
        return this;
    }

    private String hex() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
