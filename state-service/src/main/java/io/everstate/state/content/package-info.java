/** The content of a snapshot: how it is written, and how damage in it is found. */
@NullMarked
package io.everstate.state.content;

import org.jspecify.annotations.NullMarked;
