/** Objects in S3-compatible storage, for what is too large for the log. */
@NullMarked
package io.everstate.bot.storage;

import org.jspecify.annotations.NullMarked;
