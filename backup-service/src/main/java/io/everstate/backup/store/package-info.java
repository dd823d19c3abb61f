/** Object storage. */
@NullMarked
package io.everstate.backup.store;

import org.jspecify.annotations.NullMarked;
