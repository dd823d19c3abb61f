package io.everstate.bot.fleet;

import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.ownership.NotOwnerException;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.trading.Triangle;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.RestartPolicy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The bot that every fleet has from its first start on, unless it is configured away: one, stopped, labelled {@code
 * everstate=default-arbitrage}. Its id is the same everywhere, so all replicas agree on its owner, and the owner makes it when the log does
 * not know it. The log knows a deleted bot for ever: it is not made again.
 */
@Singleton
class DefaultArbitrageBot {
    static final BotId ID = BotId.of("64656661-756c-842d-a172-626974726167");
    static final Map<String, String> LABELS = Map.of("everstate", "default-arbitrage");

    private static final Logger LOG = Logger.getLogger(DefaultArbitrageBot.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Amount BALANCE = Amount.of(10_000);
    private static final Amount MAX_DRAWDOWN = Amount.of("0.2");
    private static final String SIMULATED = "SIM/";

    private final Optional<BotConfiguration> configuration;
    private final AtomicBoolean asked = new AtomicBoolean();

    DefaultArbitrageBot(FleetConfiguration fleet, MarketFeed market) {
        this.configuration = fleet.defaultArbitrageBot()
                ? triangle(List.copyOf(market.symbols())).map(symbols -> configuration(symbols, fleet.defaultFeeRate()))
                : Optional.empty();
    }

    /** To be called again and again: makes the bot where it is owned and not known; does nothing else. */
    void ensure(Ownerships ownerships) {
        if (configuration.isEmpty()
                || !ownerships.owns(ID)
                || ownerships.find(ID).isPresent()) {
            return;
        }
        if (asked.compareAndSet(false, true)) {
            try {
                create(ownerships, configuration.get());
            } catch (NotOwnerException e) {
                asked.set(false);
                LOG.debugf("the default arbitrage bot is another replica's to make: %s", e.getMessage());
            }
        }
    }

    private void create(Ownerships ownerships, BotConfiguration wanted) {
        var creation = new OnlyIf(Objects::isNull, new CreateBot(wanted));
        var _ = ownerships.submit(ID, creation, null, PATIENCE).handle((_, failure) -> {
            asked.set(false);
            if (failure == null) {
                LOG.infof("made the default arbitrage bot %s in %s; it is stopped", ID, wanted.symbols());
            } else {
                LOG.infof("the default arbitrage bot was not made yet: %s", failure.getMessage());
            }
            return failure == null;
        });
    }

    /** Real markets before simulated ones. */
    static Optional<List<String>> triangle(List<String> symbols) {
        var sorted = symbols.stream().sorted().toList();
        var triangles = new ArrayList<List<String>>();
        for (var first = 0; first < sorted.size(); first++) {
            for (var second = first + 1; second < sorted.size(); second++) {
                for (var third = second + 1; third < sorted.size(); third++) {
                    var markets = List.of(sorted.get(first), sorted.get(second), sorted.get(third));
                    Triangle.of(markets)
                            .ifPresent(
                                    found -> triangles.add(List.of(found.direct(), found.cross(), found.indirect())));
                }
            }
        }
        return triangles.stream()
                .filter(markets -> markets.stream().noneMatch(symbol -> symbol.startsWith(SIMULATED)))
                .findFirst()
                .or(() -> triangles.stream().findFirst());
    }

    private static BotConfiguration configuration(List<String> symbols, Amount feeRate) {
        return new BotConfiguration(
                "default arbitrage",
                StrategyCatalogue.TRIANGULAR_ARBITRAGE,
                symbols,
                BALANCE,
                feeRate,
                Map.of(),
                RestartPolicy.RESUME,
                MAX_DRAWDOWN,
                LABELS);
    }
}
