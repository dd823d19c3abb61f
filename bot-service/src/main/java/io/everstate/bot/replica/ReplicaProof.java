package io.everstate.bot.replica;

import org.jspecify.annotations.Nullable;

/** What replicas of this service show each other, and no other caller has. */
public interface ReplicaProof {
    /** To be sent with a request that is passed on. */
    String own();

    /** @param shown what came with a request; null of one that came from elsewhere */
    boolean holds(@Nullable String shown);
}
