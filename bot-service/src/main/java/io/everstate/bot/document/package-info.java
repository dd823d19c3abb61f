/** The opaque checkpoints of bots that run elsewhere: saved whole, found again, and checked before they are given back. */
@NullMarked
package io.everstate.bot.document;

import org.jspecify.annotations.NullMarked;
