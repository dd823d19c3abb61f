/** What the bucket holds beside what the catalogue knows, and that nothing is deleted while the two are apart. */
@NullMarked
package io.everstate.backup.bucket;

import org.jspecify.annotations.NullMarked;
