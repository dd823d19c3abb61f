/** What a bot decides on its prices, and what an exchange would answer to it. */
@NullMarked
package io.everstate.bot.trading;

import org.jspecify.annotations.NullMarked;
