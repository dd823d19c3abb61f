/** Bars that exchanges have on record, asked for by REST and judged before any of them is used. */
@NullMarked
package io.everstate.bot.history;

import org.jspecify.annotations.NullMarked;
