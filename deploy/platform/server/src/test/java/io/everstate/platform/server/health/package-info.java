@NullMarked
package io.everstate.platform.server.health;

import org.jspecify.annotations.NullMarked;
