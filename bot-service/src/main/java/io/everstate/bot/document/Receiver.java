package io.everstate.bot.document;

import java.io.IOException;

/** Who a document goes out to. */
interface Receiver {
    /** Ends the connection, which wakes who waits to write to it. */
    void hangUp();

    /**
     * Returns when all that was written until now has come to the connection, which only then can say that it takes no more for now.
     *
     * @throws IOException when that does not happen
     */
    void catchUp() throws IOException;
}
