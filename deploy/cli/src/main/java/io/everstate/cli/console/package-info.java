/** What the commands show to people, and how they end. */
@NullMarked
package io.everstate.cli.console;

import org.jspecify.annotations.NullMarked;
