/** Executions of plans: a step machine in the database that any replica can resume. */
@NullMarked
package io.everstate.recovery.run;

import org.jspecify.annotations.NullMarked;
