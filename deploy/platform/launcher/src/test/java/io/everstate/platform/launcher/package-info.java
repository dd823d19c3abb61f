@NullMarked
package io.everstate.platform.launcher;

import org.jspecify.annotations.NullMarked;
