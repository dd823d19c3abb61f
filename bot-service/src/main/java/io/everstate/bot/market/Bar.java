package io.everstate.bot.market;

import io.everstate.contracts.bot.Amount;
import java.time.Instant;

/**
 * The trades of one span of time in one market.
 *
 * @param number counts from 0 in the feed, without gaps
 * @param at the end of the span, in the market's time
 * @param volume in the base currency; 0 when nothing was traded, and then all prices are the last close
 */
public record Bar(long number, Instant at, Amount open, Amount high, Amount low, Amount close, Amount volume) {}
