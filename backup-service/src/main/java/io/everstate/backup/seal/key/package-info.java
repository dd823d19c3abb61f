/** Ed25519 keys (RFC 8032): the one that signs here, and those whose signatures count. */
@NullMarked
package io.everstate.backup.seal.key;

import org.jspecify.annotations.NullMarked;
