/** Where things are and how they are kept. */
@NullMarked
package io.everstate.platform.launcher.files;

import org.jspecify.annotations.NullMarked;
