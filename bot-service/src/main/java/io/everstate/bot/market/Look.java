package io.everstate.bot.market;

/** What a feed has at a place. */
public sealed interface Look {
    record Present(Bar bar) implements Look {}

    /** The bar is not over, or not heard of; it can be asked for again. */
    record NotYet() implements Look {}

    /** There is no bar any more, and never will be. */
    record Ended() implements Look {}

    /** The bar was there or was missed; the feed does not have it and never will. It can be gone on with behind {@code newest}. */
    record Gone(long newest) implements Look {}
}
