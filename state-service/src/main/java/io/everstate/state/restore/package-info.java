/** Takes bots back to what they were: what to, in which order, by whom, and what came of it. Their owners write it; nothing is written here. */
@NullMarked
package io.everstate.state.restore;

import org.jspecify.annotations.NullMarked;
