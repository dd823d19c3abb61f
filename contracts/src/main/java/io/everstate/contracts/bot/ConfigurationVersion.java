package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a bot's configuration was, and since when.
 *
 * @param number 1, 2, 3 ...
 * @param by who decided it; null of the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"number", "at", "by", "hash", "configuration"})
public record ConfigurationVersion(
        int number, Instant at, @Nullable String by, BotConfiguration configuration) {
    public ConfigurationVersion {
        requireNonNull(at, "at");
        requireNonNull(configuration, "configuration");
        if (number < 1) {
            throw new IllegalArgumentException("the first version of a configuration is 1");
        }
    }

    static ConfigurationVersion first(BotConfiguration configuration, Instant at) {
        return new ConfigurationVersion(1, at, null, configuration);
    }

    /** The last number that there is stays: the fold of a forged state must not fail. */
    ConfigurationVersion next(Instant changedAt, String changedBy, BotConfiguration changed) {
        var following = number == Integer.MAX_VALUE ? number : number + 1;
        return new ConfigurationVersion(following, changedAt, changedBy, changed);
    }

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String hash() {
        return configuration.hash();
    }
}
