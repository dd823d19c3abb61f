/** The catalogue made again from the bucket alone. */
@NullMarked
package io.everstate.backup.rebuild;

import org.jspecify.annotations.NullMarked;
