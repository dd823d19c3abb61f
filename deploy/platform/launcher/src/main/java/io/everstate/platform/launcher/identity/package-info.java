/** The issuer of one machine's bearer tokens. */
@NullMarked
package io.everstate.platform.launcher.identity;

import org.jspecify.annotations.NullMarked;
