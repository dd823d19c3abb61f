package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The chain of a workspace's seals as the catalogue knows it. Who notes the head elsewhere can tell later that catalogue and bucket were both taken back.
 *
 * @param head its newest seal; null where there is none
 * @param waiting how many seals the bucket does not have yet
 * @param signedBy the key that signs new seals; null where they are chained by their hashes alone
 * @param note what that does not protect from; null where they are signed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SealChainView(
        String workspace,
        @Nullable SealHead head,
        long waiting,
        @Nullable String signedBy,
        @Nullable String note) {}
