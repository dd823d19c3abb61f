/** What others may ask and tell the running platform over HTTP. */
@NullMarked
package io.everstate.platform.server.health;

import org.jspecify.annotations.NullMarked;
