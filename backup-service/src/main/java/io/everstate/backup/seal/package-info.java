/**
 * What is stored and what is removed, numbered and signed, each with the hash of the one before: who can write to the bucket can neither forge a backup nor
 * make one disappear unseen.
 */
@NullMarked
package io.everstate.backup.seal;

import org.jspecify.annotations.NullMarked;
