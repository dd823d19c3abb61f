package io.everstate.backup.restore;

/**
 * How a restore is carried out, as its row has it. A field that a stored one does not name is false.
 *
 * @param dryRun whether it only says what it would do
 * @param rollbackOnInvalid whether it is undone when something that it restored is not sound
 */
record RestoreOptions(boolean dryRun, boolean rollbackOnInvalid) {}
