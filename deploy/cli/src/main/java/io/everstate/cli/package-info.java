/** The everstate command. */
@NullMarked
package io.everstate.cli;

import org.jspecify.annotations.NullMarked;
