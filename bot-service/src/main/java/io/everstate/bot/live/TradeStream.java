package io.everstate.bot.live;

import java.util.Set;

/** One connection to an exchange. */
interface TradeStream {
    /** Hears of one connection; called by any thread, one at a time. */
    interface Listener {
        void traded(LiveTrade trade);

        /** What was told may be a trade of one of these markets, and cannot be read. */
        void unreadable(Set<String> symbols);

        /** The connection is gone; nothing is told of it any more. */
        void ended(String why);
    }

    /**
     * Connects and returns; from then on trades of these markets are told.
     *
     * @throws TradeStreamException when there is no connection in time
     */
    Connection connect(Set<String> symbols, Listener listener);

    /** To be closed by who made it, also when it ended by itself. */
    interface Connection extends AutoCloseable {
        @Override
        void close();
    }
}
