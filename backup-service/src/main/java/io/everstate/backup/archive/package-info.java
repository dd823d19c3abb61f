/** The format of an archive: names, metadata, manifest, writing and checking. */
@NullMarked
package io.everstate.backup.archive;

import org.jspecify.annotations.NullMarked;
