/** What the tests of this service share: scratch workspaces, a stand-in for state-service, a storage that fails on purpose. */
@NullMarked
package io.everstate.backup.testing;

import org.jspecify.annotations.NullMarked;
