/** The chains of seals held against bucket and catalogue: what was removed, exchanged, forged or taken back. */
@NullMarked
package io.everstate.backup.sealcheck;

import org.jspecify.annotations.NullMarked;
