/** The bucket held against the catalogue, object by object, and what nothing needs removed on request. */
@NullMarked
package io.everstate.backup.comparison;

import org.jspecify.annotations.NullMarked;
