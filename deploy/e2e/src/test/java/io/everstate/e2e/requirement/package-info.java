/** Tests of the requirements command on small checkouts. */
@NullMarked
package io.everstate.e2e.requirement;

import org.jspecify.annotations.NullMarked;
