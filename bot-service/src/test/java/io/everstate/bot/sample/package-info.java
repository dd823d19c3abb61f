/** What several tests begin with. */
@NullMarked
package io.everstate.bot.sample;

import org.jspecify.annotations.NullMarked;
