/** The tour: disasters on purpose, and a ledger that tells whether anything was lost. */
@NullMarked
package io.everstate.cli.tour;

import org.jspecify.annotations.NullMarked;
