/** The platform on Testcontainers. */
@NullMarked
package io.everstate.platform.testkit.containers;

import org.jspecify.annotations.NullMarked;
