package io.everstate.state.log;

/**
 * The topic of the bots' events as it is now.
 *
 * @param id changes when the topic is deleted and made again, although the name stays
 */
public record LogTopic(String id, int partitions) {}
