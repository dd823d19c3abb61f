/** Clock, JSON, identity and the mapping of errors: knows no feature. */
@NullMarked
package io.everstate.backup.platform;

import org.jspecify.annotations.NullMarked;
