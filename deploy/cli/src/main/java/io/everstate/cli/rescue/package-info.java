/** The operator's commands for backups, restores and disasters. */
@NullMarked
package io.everstate.cli.rescue;

import org.jspecify.annotations.NullMarked;
