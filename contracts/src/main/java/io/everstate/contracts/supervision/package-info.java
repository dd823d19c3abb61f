/** What the supervisor of one machine tells others. */
@NullMarked
package io.everstate.contracts.supervision;

import org.jspecify.annotations.NullMarked;
