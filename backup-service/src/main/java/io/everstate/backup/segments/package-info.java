/** Archives the bots' event log in object storage, record for record. */
@NullMarked
package io.everstate.backup.segments;

import org.jspecify.annotations.NullMarked;
