/** What a bot does at a bar: the port of the strategies, the limits, and an exchange that fills on paper. */
@NullMarked
package io.everstate.bot.trading;

import org.jspecify.annotations.NullMarked;
