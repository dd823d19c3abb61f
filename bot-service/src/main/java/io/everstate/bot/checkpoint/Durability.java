package io.everstate.bot.checkpoint;

/** When a write of a file is over. */
public enum Durability {
    /** When the disk has it. */
    FORCED,
    /** When the operating system has it: for measurements of everything but the disk. */
    BUFFERED
}
