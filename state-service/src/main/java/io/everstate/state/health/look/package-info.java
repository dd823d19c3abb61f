/** What a look at the services, and at what they need, finds. No look throws: what does not answer is found to be so. */
@NullMarked
package io.everstate.state.health.look;

import org.jspecify.annotations.NullMarked;
