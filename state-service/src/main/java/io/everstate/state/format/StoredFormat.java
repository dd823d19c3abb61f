package io.everstate.state.format;

import io.everstate.contracts.bot.BotState;
import io.everstate.state.content.ContentFormat;
import java.util.Locale;

/** What is stored in a format with a version. */
enum StoredFormat {
    /** A bot's state in its row; every version is read as it is. Its JSON, which lines of snapshots are too, has had one version so far. */
    BOT_STATE,
    /** The content of a snapshot; every version stays readable as it is. */
    SNAPSHOT_CONTENT;

    /** Whether there is a way from that version to what this service works with. */
    boolean leadsHere(int version) {
        return switch (this) {
            case BOT_STATE -> version >= BotState.VERSION && version <= StoredState.VERSION;
            case SNAPSHOT_CONTENT -> ContentFormat.of(version).isPresent();
        };
    }

    /** {@code bot-state}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
