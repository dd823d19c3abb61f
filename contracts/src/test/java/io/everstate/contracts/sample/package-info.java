/** What the tests of several packages share: fixed and random records, golden files, a JSON format. */
@NullMarked
package io.everstate.contracts.sample;

import org.jspecify.annotations.NullMarked;
