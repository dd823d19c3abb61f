/** The directory that people and backups see. */
@NullMarked
package io.everstate.bot.workspace;

import org.jspecify.annotations.NullMarked;
