/** Alerts to a chat, by its webhook. */
@NullMarked
package io.everstate.recovery.alert.webhook;

import org.jspecify.annotations.NullMarked;
