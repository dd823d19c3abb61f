/** Backups before changes that no later command takes back. */
@NullMarked
package io.everstate.bot.critical;

import org.jspecify.annotations.NullMarked;
