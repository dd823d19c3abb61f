/** hummingbot's heartbeats and events over MQTT. Off unless a broker is named. */
@NullMarked
package io.everstate.bot.hummingbot;

import org.jspecify.annotations.NullMarked;
