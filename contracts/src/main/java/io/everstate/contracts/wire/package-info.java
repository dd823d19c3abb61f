/** What everything on the wire shares: names of topics and types, JSON, ids. */
@NullMarked
package io.everstate.contracts.wire;

import org.jspecify.annotations.NullMarked;
