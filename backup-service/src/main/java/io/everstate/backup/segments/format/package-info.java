/** What a stored segment is made of, and how it is read and checked again. */
@NullMarked
package io.everstate.backup.segments.format;

import org.jspecify.annotations.NullMarked;
