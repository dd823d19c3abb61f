/** Answers what the projection has folded. */
@NullMarked
package io.everstate.state.query;

import org.jspecify.annotations.NullMarked;
