/** The services' REST endpoints, as the commands call them. */
@NullMarked
package io.everstate.cli.client;

import org.jspecify.annotations.NullMarked;
