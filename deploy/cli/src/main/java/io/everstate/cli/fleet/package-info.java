/** The operator's commands for bots. */
@NullMarked
package io.everstate.cli.fleet;

import org.jspecify.annotations.NullMarked;
