/** States that people have from elsewhere: read strictly, and made bots by bot-service. Nothing here writes the projection. */
@NullMarked
package io.everstate.state.imports;

import org.jspecify.annotations.NullMarked;
