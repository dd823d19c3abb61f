/** The whole suite as processes, under load, while parts of it die or are away. */
@NullMarked
package io.everstate.e2e;

import org.jspecify.annotations.NullMarked;
