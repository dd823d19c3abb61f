/** Bots that run elsewhere: their registration and tokens, what they report, and how long they may be silent. */
@NullMarked
package io.everstate.bot.external;

import org.jspecify.annotations.NullMarked;
