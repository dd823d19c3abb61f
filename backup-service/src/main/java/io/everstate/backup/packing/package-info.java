/** How the bytes of an archive's tar are packed, and unpacked again. */
@NullMarked
package io.everstate.backup.packing;

import org.jspecify.annotations.NullMarked;
