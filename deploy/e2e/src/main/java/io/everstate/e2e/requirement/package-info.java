/** The table of requirements, with the tests that carry each one's id and what they came to in the last build. */
@NullMarked
package io.everstate.e2e.requirement;

import org.jspecify.annotations.NullMarked;
