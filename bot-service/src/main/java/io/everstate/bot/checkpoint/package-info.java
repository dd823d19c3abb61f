/** The newest states of each bot as local files. */
@NullMarked
package io.everstate.bot.checkpoint;

import org.jspecify.annotations.NullMarked;
