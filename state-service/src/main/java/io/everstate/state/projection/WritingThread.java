package io.everstate.state.projection;

import java.util.concurrent.Executor;

/** Where batches are written, while the next ones are folded. */
@FunctionalInterface
interface WritingThread extends Executor {}
