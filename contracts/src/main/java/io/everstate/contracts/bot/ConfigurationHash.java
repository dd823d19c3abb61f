package io.everstate.contracts.bot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        hash.addedLater(configuration);
        return hash.hex();
    }

    /** A part that is at its default is left out, so that hashes from before it existed stay what they were. */
    private void addedLater(BotConfiguration configuration) {
        var limits = configuration.limits();
        if (!configuration.dependsOn().isEmpty()) {
            part("dependsOn").parts(configuration.dependsOn());
        }
        named("slippageRate", configuration.slippageRate().isZero() ? null : configuration.slippageRate());
        named("stopLoss", limits.stopLoss());
        named("maxTradesPerHour", limits.maxTradesPerHour());
        named("maxPosition", limits.maxPosition());
    }

    private void named(String name, @Nullable Object value) {
        if (value != null) {
            part(name).part(value);
        }
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
