/** Two projections in one database: the tables that answer, and the same tables in a schema beside them. */
@NullMarked
package io.everstate.state.rebuild.schema;

import org.jspecify.annotations.NullMarked;
