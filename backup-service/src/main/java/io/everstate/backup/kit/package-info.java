/** The recovery kit: with it and the keys the newest good backups are restored by standard tools on a day on which nothing of ours runs. */
@NullMarked
package io.everstate.backup.kit;

import org.jspecify.annotations.NullMarked;
