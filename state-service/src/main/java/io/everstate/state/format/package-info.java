/** Which versions of this service's own formats are stored, and whether this version can read them all. */
@NullMarked
package io.everstate.state.format;

import org.jspecify.annotations.NullMarked;
