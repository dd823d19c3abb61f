package io.everstate.bot.imports;

import io.everstate.bot.configuration.BotConfigurations;
import io.everstate.bot.configuration.CreateBotRequest;
import io.everstate.bot.configuration.Labels;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.SymbolState;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.view.BotImport;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a bot must be to be made with a past: a checkpoint is believed by every reader, so nothing impossible may stand in it. */
@Singleton
class ImportRules {
    private static final int LONGEST_SOURCE = 200;
    private static final int LONGEST_NAME = 100;
    private static final long NO_FEED = -1;
    private static final String JSON = "application/json";

    private final BotConfigurations configurations;

    ImportRules(BotConfigurations configurations) {
        this.configurations = configurations;
    }

    /** @throws InvalidException names every field that is wrong */
    void require(BotImport wanted) {
        var violations = new ArrayList<Violation>();
        if (wanted.source() == null
                || wanted.source().isBlank()
                || wanted.source().length() > LONGEST_SOURCE) {
            violations.add(new Violation("source", "must have 1 to " + LONGEST_SOURCE + " characters"));
        }
        if (wanted.lifecycle().status() != BotStatus.STOPPED) {
            violations.add(new Violation("lifecycle.status", "must be STOPPED"));
        }
        if (wanted.lifecycle().restarts() < 0
                || wanted.lifecycle().runningTime().isNegative()) {
            violations.add(new Violation("lifecycle", "must have no negative restarts or running time"));
        }
        violations.addAll(wanted.kind() == BotKind.TRADING ? trading(wanted) : external(wanted));
        if (!violations.isEmpty()) {
            throw new InvalidException(violations);
        }
    }

    private List<Violation> trading(BotImport wanted) {
        var configuration = wanted.configuration();
        var violations = new ArrayList<Violation>();
        try {
            configurations.valid(asWanted(configuration));
        } catch (InvalidException e) {
            violations.addAll(e.violations());
        }
        if (configuration.name().isBlank() || configuration.name().length() > LONGEST_NAME) {
            violations.add(new Violation("name", "must have 1 to " + LONGEST_NAME + " characters"));
        }
        if (!Set.copyOf(configuration.symbols()).equals(wanted.symbols().keySet())) {
            violations.add(new Violation("symbols", "must be those of the configuration: " + configuration.symbols()));
        }
        if (wanted.document() != null) {
            violations.add(new Violation("document", "is for bots that run elsewhere"));
        }
        wanted.symbols().forEach((name, symbol) -> violations.addAll(holdings("symbols." + name, symbol)));
        return violations;
    }

    private static CreateBotRequest asWanted(BotConfiguration configuration) {
        return new CreateBotRequest(
                configuration.name(),
                configuration.strategy(),
                configuration.symbols(),
                configuration.initialBalance(),
                configuration.feeRate(),
                configuration.parameters(),
                configuration.restartPolicy(),
                configuration.maxDrawdown(),
                configuration.labels(),
                configuration.slippageRate(),
                configuration.limits());
    }

    private static List<Violation> holdings(String field, SymbolState symbol) {
        var violations = new ArrayList<Violation>();
        var amounts = Map.of(
                "balance", symbol.balance(),
                "position", symbol.position(),
                "entryPrice", symbol.entryPrice(),
                "currentPrice", symbol.currentPrice(),
                "totalFees", symbol.totalFees(),
                "highestValue", symbol.highestValue());
        amounts.forEach((name, amount) -> {
            if (amount.isNegative()) {
                violations.add(new Violation(field + "." + name, "must not be negative"));
            }
        });
        if (!symbol.totalValue().fits()) {
            violations.add(new Violation(field, "is worth more than can be kept"));
        }
        if (symbol.trades() < 0) {
            violations.add(new Violation(field + ".trades", "must not be negative"));
        }
        if (symbol.feedPosition() != NO_FEED) {
            violations.add(new Violation(field + ".feedPosition", "must be -1: its feed begins here"));
        }
        if (symbol.position().isZero() && !symbol.entryPrice().equals(Amount.ZERO)) {
            violations.add(new Violation(field + ".entryPrice", "must be 0 without a position"));
        }
        return violations;
    }

    private static List<Violation> external(BotImport wanted) {
        var configuration = wanted.configuration();
        var violations = new ArrayList<>(Labels.violations(configuration.labels()));
        if (!wanted.symbols().isEmpty() || !configuration.symbols().isEmpty()) {
            violations.add(new Violation("symbols", "are for bots that are hosted here"));
        }
        if (configuration.name().isBlank() || configuration.name().length() > LONGEST_NAME) {
            violations.add(new Violation("name", "must have 1 to " + LONGEST_NAME + " characters"));
        }
        if (new HashSet<>(configuration.dependsOn()).contains(wanted.id())) {
            violations.add(new Violation("dependsOn", "must not name the bot itself"));
        }
        var document = wanted.document();
        if (document != null && !JSON.equals(document.contentType())) {
            violations.add(new Violation("document.contentType", "must be " + JSON));
        }
        if (document != null) {
            try {
                var content = Base64.getDecoder().decode(document.base64());
                if (content.length > ExternalEvent.LARGEST_INLINE) {
                    violations.add(
                            new Violation("document", "must have at most " + ExternalEvent.LARGEST_INLINE + " bytes"));
                }
            } catch (IllegalArgumentException e) {
                violations.add(new Violation("document.base64", "must be base64"));
            }
        }
        return violations;
    }
}
