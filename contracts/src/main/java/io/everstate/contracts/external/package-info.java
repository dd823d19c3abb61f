/** What a bot that runs elsewhere reports of itself, and what is kept of it. */
@NullMarked
package io.everstate.contracts.external;

import org.jspecify.annotations.NullMarked;
