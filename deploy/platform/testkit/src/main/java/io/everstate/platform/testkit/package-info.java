/** What tests of every module share: the platform, identities, service processes, house rules. */
@NullMarked
package io.everstate.platform.testkit;

import org.jspecify.annotations.NullMarked;
