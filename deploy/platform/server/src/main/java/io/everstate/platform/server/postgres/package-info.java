/** PostgreSQL as a child process: binaries, orphans, databases. */
@NullMarked
package io.everstate.platform.server.postgres;

import org.jspecify.annotations.NullMarked;
