@NullMarked
package io.everstate.platform.server.postgres;

import org.jspecify.annotations.NullMarked;
