package io.everstate.bot.fleet;

/** Where a partition's owner answers; the claim in the log is the truth. The value on {@code everstate.bot.owners}. */
record OwnerHint(long epoch, String address) {}
