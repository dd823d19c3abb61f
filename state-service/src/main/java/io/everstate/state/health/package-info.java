/** How the system is: a score of every bot, service and thing that they need, and what it is made of. */
@NullMarked
package io.everstate.state.health;

import org.jspecify.annotations.NullMarked;
