/** The whole of Everstate on one machine: what is started, with what, in which order it stops. */
@NullMarked
package io.everstate.cli.suite;

import org.jspecify.annotations.NullMarked;
