/** What nobody looks at until it is too late: how old the newest backup is, and how full the storage. */
@NullMarked
package io.everstate.backup.watch;

import org.jspecify.annotations.NullMarked;
