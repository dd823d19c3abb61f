@NullMarked
package io.everstate.platform.launcher.identity;

import org.jspecify.annotations.NullMarked;
