package io.everstate.bot.replica;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/** Where a partition's owner answers; the claim in the log is the truth. The value on {@code everstate.bot.owners}. */
record OwnerHint(long epoch, String address) {
    OwnerHint {
        requireNonNull(address, "address");
        requireNonNull(URI.create(address).getHost(), "an address names a host");
    }
}
