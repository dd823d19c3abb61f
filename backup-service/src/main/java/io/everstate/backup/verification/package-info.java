/** Stored archives are read again, to their last byte, and what a drill restored is written down. */
@NullMarked
package io.everstate.backup.verification;

import org.jspecify.annotations.NullMarked;
