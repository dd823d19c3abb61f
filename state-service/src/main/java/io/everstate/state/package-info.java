/** state-service. */
@NullMarked
package io.everstate.state;

import org.jspecify.annotations.NullMarked;
