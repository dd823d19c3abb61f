package io.everstate.state.past;

import io.everstate.contracts.view.Page;
import io.everstate.state.past.BotReplay.Counted;
import java.util.ArrayList;
import java.util.List;

/** Events until there are as many as were wanted, or as long as an answer may be: one event can carry a document of a megabyte. */
final class EventPage {
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final List<EventView> events = new ArrayList<>();
    private final long after;
    private final int limit;
    private long bytes;

    /** @param after events up to this number are left out */
    EventPage(long after, int limit) {
        this.after = after;
        this.limit = limit;
    }

    /** @return whether there is room for the next one */
    boolean add(Counted counted) {
        if (counted.state().sequence() > after) {
            events.add(EventView.of(counted));
            bytes += counted.bytes();
        }
        return events.size() < limit && bytes < MOST_BYTES;
    }

    /** @param newest the number of the bot's newest event: with another one at its end the page is not the last */
    Page<EventView> upTo(long newest) {
        return events.isEmpty() || events.getLast().sequence() >= newest
                ? new Page<>(events, null)
                : new Page<>(events, Long.toString(events.getLast().sequence()));
    }
}
