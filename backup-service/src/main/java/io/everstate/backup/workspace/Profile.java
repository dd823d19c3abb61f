package io.everstate.backup.workspace;

import java.util.List;

/**
 * What the files of a workspace are to its bot.
 *
 * @param stateFiles what STATE_ONLY holds besides the bots' state
 * @param configFiles what CONFIG_ONLY holds
 * @param logFiles what LOGS_ONLY holds
 * @param excludes what FULL leaves out
 * @param criticalFiles paths that the inspection watches
 * @param essentialDirectories paths that the inspection misses when they are not there
 */
public record Profile(
        PathPatterns stateFiles,
        PathPatterns configFiles,
        PathPatterns logFiles,
        PathPatterns excludes,
        List<String> criticalFiles,
        List<String> essentialDirectories) {}
