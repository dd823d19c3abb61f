/** What a bot is told to do: read from strangers, checked, changed version by version, compared. */
@NullMarked
package io.everstate.bot.configuration;

import org.jspecify.annotations.NullMarked;
