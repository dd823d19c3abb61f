package io.everstate.bot.live;

import io.everstate.contracts.bot.Amount;
import java.time.Instant;

/** A trade of anybody's in a market. */
record LiveTrade(String symbol, Amount price, Amount quantity, Instant at) {}
