/** How the database carries out each statement that the service has. */
@NullMarked
package io.everstate.state.plans;

import org.jspecify.annotations.NullMarked;
