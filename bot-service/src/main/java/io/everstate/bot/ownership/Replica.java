package io.everstate.bot.ownership;

/**
 * One run of one bot-service process.
 *
 * @param source the CloudEvents source of what it writes; differs from run to run
 * @param address where its REST endpoint answers
 */
record Replica(String source, String address) {}
