/** The platform as its users see it, started as a child process; keys and tokens of one machine. JDK only. */
@NullMarked
package io.everstate.platform.launcher;

import org.jspecify.annotations.NullMarked;
