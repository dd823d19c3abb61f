/** The other services by REST. */
@NullMarked
package io.everstate.recovery.peer.rest;

import org.jspecify.annotations.NullMarked;
