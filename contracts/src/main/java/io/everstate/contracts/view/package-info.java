/** REST bodies that more than one service knows. */
@NullMarked
package io.everstate.contracts.view;

import org.jspecify.annotations.NullMarked;
