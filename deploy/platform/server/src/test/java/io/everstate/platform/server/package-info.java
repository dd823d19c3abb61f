@NullMarked
package io.everstate.platform.server;

import org.jspecify.annotations.NullMarked;
