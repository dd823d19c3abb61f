package io.everstate.bot.fleet;

import io.everstate.bot.checkpoint.CheckpointConfiguration;
import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.checkpoint.CheckpointWriter;
import io.everstate.bot.live.LiveMarkets;
import io.everstate.bot.market.MarketConfiguration;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.market.Markets;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.workspace.Workspace;
import io.everstate.bot.workspace.WorkspaceConfiguration;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The plain classes of the other features as beans. */
@ApplicationScoped
class PlainBeans {
    @Produces
    @Singleton
    StrategyCatalogue strategies() {
        return new StrategyCatalogue();
    }

    @Produces
    @Singleton
    MarketFeed market(MarketConfiguration configuration, LiveMarkets live) {
        return Markets.of(configuration, live.feeds());
    }

    @Produces
    @Singleton
    CheckpointStore checkpoints(CheckpointConfiguration configuration, JsonFormat json) {
        return new CheckpointStore(configuration.directory(), configuration.kept(), json);
    }

    @Produces
    @Singleton
    CheckpointWriter checkpointWriter(CheckpointStore store) {
        return new CheckpointWriter(store);
    }

    @Produces
    @Singleton
    Workspace workspace(WorkspaceConfiguration configuration, JsonFormat json) {
        return new Workspace(configuration.directory(), json);
    }
}
