/** What every feature stands on: clock, JSON, transactions, and how errors are answered. */
@NullMarked
package io.everstate.state.platform;

import org.jspecify.annotations.NullMarked;
