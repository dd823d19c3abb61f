package io.everstate.bot.external;

import io.everstate.bot.configuration.Labels;
import io.everstate.bot.registry.BotLookup;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns what an operator says about a bot that runs elsewhere into its configuration. */
@ApplicationScoped
class ExternalConfigurations {
    private final BotLookup bots;

    ExternalConfigurations(BotLookup bots) {
        this.bots = bots;
    }

    /**
     * @param authorization of the caller, who may read the bots that this one needs
     * @throws InvalidException names every field that is wrong
     */
    BotConfiguration valid(BotId bot, ExternalBotRequest request, @Nullable String authorization) {
        var labels = Objects.requireNonNullElse(request.labels(), Map.<String, String>of());
        var dependsOn = Objects.requireNonNullElse(request.dependsOn(), List.<BotId>of());
        var violations = new ArrayList<Violation>(Labels.violations(labels));
        Dependencies.violation(bot, dependsOn, needed -> bots.find(needed, authorization))
                .ifPresent(violations::add);
        if (!violations.isEmpty()) {
            throw new InvalidException(violations);
        }
        return new BotConfiguration(
                Objects.requireNonNull(request.name()),
                Objects.requireNonNull(request.system()),
                List.of(),
                Amount.ZERO,
                Amount.ZERO,
                Map.of(),
                RestartPolicy.MANUAL,
                null,
                labels,
                dependsOn);
    }
}
