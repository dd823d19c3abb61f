package io.everstate.state.imports;

/** Formats of files that can be imported. */
enum FileFormat {
    /** {@code safe_multi_symbol_state.json}: one bot that trades several symbols on paper. */
    PAPER_TRADER,
    /** {@code system_state.json}: a registry of bots that run elsewhere. */
    SNIPERFORGE,
    /** Any other JSON, by a mapping. */
    MAPPED
}
