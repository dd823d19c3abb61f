/** What the service needs of its surroundings; knows no feature. */
@NullMarked
package io.everstate.bot.platform;

import org.jspecify.annotations.NullMarked;
