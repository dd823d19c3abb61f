/** What bots of other makes send by themselves, in the way that they happen to send it. All of it are hints: no number, no order, and any of it may come twice. */
@NullMarked
package io.everstate.bot.ingest;

import org.jspecify.annotations.NullMarked;
