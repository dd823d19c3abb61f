/** What backup-service tells others. */
@NullMarked
package io.everstate.contracts.backup;

import org.jspecify.annotations.NullMarked;
