package io.everstate.backup.packing;

import java.io.IOException;

/** What is encrypted stays so here: it says nothing about the archive. */
public final class NoKeyException extends IOException {
    NoKeyException(String message) {
        super(message);
    }
}
