/** Object storage on a directory. */
@NullMarked
package io.everstate.platform.server.s3;

import org.jspecify.annotations.NullMarked;
