package io.everstate.bot.sample;

import io.everstate.bot.replica.ReplicaProof;
import org.jspecify.annotations.Nullable;

/** One word that all replicas know. */
public record SampleProof(String own) implements ReplicaProof {
    @Override
    public boolean holds(@Nullable String shown) {
        return own.equals(shown);
    }
}
