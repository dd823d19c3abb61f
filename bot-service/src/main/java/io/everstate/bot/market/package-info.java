/** Where a bot's prices come from. */
@NullMarked
package io.everstate.bot.market;

import org.jspecify.annotations.NullMarked;
