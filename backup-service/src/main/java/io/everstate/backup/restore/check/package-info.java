/** What is looked at before a restore writes anything. */
@NullMarked
package io.everstate.backup.restore.check;

import org.jspecify.annotations.NullMarked;
