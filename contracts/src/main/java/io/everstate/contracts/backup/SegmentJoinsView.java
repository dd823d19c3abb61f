package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What was joined of a partition's segments.
 *
 * @param segments that were joined from smaller ones
 * @param joinedFrom from as many smaller ones, but for those that were found in the bucket
 * @param toRemove of these have objects that stay until who reads them may have ended
 * @param failure why the last attempt of this replica failed; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SegmentJoinsView(
        String topicId,
        int partition,
        long segments,
        long joinedFrom,
        long toRemove,
        @Nullable String failure) {}
