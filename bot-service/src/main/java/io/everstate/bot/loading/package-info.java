/** Where a replica begins to read a partition. */
@NullMarked
package io.everstate.bot.loading;

import org.jspecify.annotations.NullMarked;
