/** Where everything is: the installation, the data directory, the ports and addresses. */
@NullMarked
package io.everstate.cli.place;

import org.jspecify.annotations.NullMarked;
