/** What backups there are and what became of them. */
@NullMarked
package io.everstate.backup.catalogue;

import org.jspecify.annotations.NullMarked;
