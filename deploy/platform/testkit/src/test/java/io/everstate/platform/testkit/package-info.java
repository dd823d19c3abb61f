@NullMarked
package io.everstate.platform.testkit;

import org.jspecify.annotations.NullMarked;
