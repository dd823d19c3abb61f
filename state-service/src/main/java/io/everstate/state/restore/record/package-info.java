/** What restores did and starts found, kept for ever. */
@NullMarked
package io.everstate.state.restore.record;

import org.jspecify.annotations.NullMarked;
