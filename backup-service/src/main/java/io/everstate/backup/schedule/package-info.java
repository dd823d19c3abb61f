/** Backups nobody asked for. */
@NullMarked
package io.everstate.backup.schedule;

import org.jspecify.annotations.NullMarked;
