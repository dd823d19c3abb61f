package io.everstate.state.restore.record;

import io.everstate.contracts.view.StateRestoreView;

/**
 * A row of the recovery log.
 *
 * @param number rises with each
 */
public record Recovery(long number, StateRestoreView view) {}
