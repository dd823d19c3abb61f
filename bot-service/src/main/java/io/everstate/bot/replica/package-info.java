/** The way to the other replicas: who owns what, as they say, and requests that are passed on. */
@NullMarked
package io.everstate.bot.replica;

import org.jspecify.annotations.NullMarked;
