package io.everstate.backup.segments;

import static java.util.Objects.requireNonNull;

import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.backup.segments.SegmentRows.Known;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.contracts.backup.SegmentPartitionView.Gap;
import io.everstate.contracts.backup.SegmentPartitionView.GapState;
import io.everstate.contracts.backup.SegmentView;
import io.everstate.contracts.backup.SegmentView.Status;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1")
@Tag(name = "Segments")
final class SegmentResource {
    private static final int GAPS_SHOWN = 100;

    private final SegmentRows rows;
    private final SegmentObjects objects;
    private final SegmentFindings findings;
    private final PartitionLooks looks;
    private final SegmentsConfiguration configuration;
    private final Clock clock;
    private final Turns contents;

    SegmentResource(
            SegmentRows rows,
            SegmentObjects objects,
            SegmentFindings findings,
            PartitionLooks looks,
            SegmentsConfiguration configuration,
            Clock clock) {
        this.rows = rows;
        this.objects = objects;
        this.findings = findings;
        this.looks = looks;
        this.configuration = configuration;
        this.clock = clock;
        this.contents = new Turns(configuration.readers(), configuration.deadline());
    }

    @GET
    @Path("/segment-partitions")
    @RolesAllowed("viewer")
    @Operation(
            summary =
                    "How far each partition of the event log is archived, and what is missing; a topic that was made anew stands beside the old one")
    public List<SegmentPartitionView> partitions() {
        return rows.known().stream().map(this::partition).toList();
    }

    private SegmentPartitionView partition(Known known) {
        var partition = known.partition();
        var look = looks.find(partition);
        var archivedTo = known.archivedTo();
        return new SegmentPartitionView(
                known.topic(),
                partition.topicId(),
                partition.partition(),
                archivedTo,
                look == null ? null : look.bounds().start(),
                look == null ? null : look.bounds().end(),
                look == null ? null : look.at(),
                look == null || archivedTo >= look.waitingEnd() ? null : look.waitingSince(),
                gaps(known, look),
                known.divergence(),
                look == null ? null : look.failure());
    }

    private List<Gap> gaps(Known known, @Nullable PartitionLook look) {
        var gaps = new ArrayList<Gap>();
        if (known.lacking()) {
            rows.lost(known.partition(), GAPS_SHOWN)
                    .forEach(tile -> gaps.add(gap(GapState.LOST, tile.firstOffset(), tile.endOffset())));
            rows.damaged(known.partition(), GAPS_SHOWN)
                    .forEach(tile -> gaps.add(gap(GapState.DAMAGED, tile.firstOffset(), tile.endOffset())));
            gaps.sort(Comparator.comparingLong(Gap::firstOffset));
        }
        var archivedTo = known.archivedTo();
        if (look != null && archivedTo < look.bounds().end()) {
            var state = look.late(archivedTo, clock.instant(), configuration.lateAfter())
                    ? GapState.LATE
                    : GapState.UPLOADING;
            gaps.add(gap(state, archivedTo, look.bounds().end()));
        }
        return gaps;
    }

    private static Gap gap(GapState state, long from, long end) {
        return new Gap(state, from, end - 1, end - from);
    }

    @GET
    @Path("/segments")
    @RolesAllowed("viewer")
    @Operation(
            summary =
                    "The segments of one partition in the order of their records: they tile it from offset 0 on, lost ranges among them; with from, the first one is that which holds this offset")
    @APIResponse(responseCode = "400", description = "The partition is not named")
    public Page<SegmentView> list(
            @QueryParam("topicId") @Nullable String topicId,
            @QueryParam("partition") @Nullable Integer partition,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("from") @DefaultValue("0") @Min(0) long from,
            @QueryParam("after") @DefaultValue("-1") long after) {
        if (partition == null) {
            throw new InvalidRequestException("partition", "must be given");
        }
        var found = rows.page(new LogPartition(storable(topicId), partition), from, after, limit + 1).stream()
                .map(SegmentRow::view)
                .toList();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, String.valueOf(items.getLast().firstOffset()));
    }

    /** PostgreSQL has no text with a NUL. */
    private static String storable(@Nullable String topicId) {
        if (topicId == null || topicId.indexOf('\0') >= 0) {
            throw new InvalidRequestException("topicId", "must be given, as segment-partitions shows it");
        }
        return topicId;
    }

    @GET
    @Path("/segments/{topicId}/{partition}/{firstOffset}/content")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("viewer")
    @Operation(
            summary = "The records of one segment, as Kafka's own record batches",
            description =
                    "Decrypted and unpacked, and sent only when every check sum agreed. Where one began that was joined with others since, the joined one's, which hold its own.")
    @APIResponse(responseCode = "404", description = "No stored segment begins there")
    @APIResponse(responseCode = "409", description = "It is encrypted, and no key here opens it")
    @APIResponse(responseCode = "422", description = "It is damaged, or not in the bucket any more")
    @APIResponse(
            responseCode = "503",
            description = "The storage does not answer, or others read as many as may be at a time; try again")
    public byte[] content(
            @PathParam("topicId") String topicId,
            @PathParam("partition") int partition,
            @PathParam("firstOffset") long firstOffset) {
        var place = new LogPartition(storable(topicId), partition);
        var row = rows.find(place, firstOffset)
                .or(() -> rows.joinedOver(place, firstOffset))
                .filter(found -> found.status() == Status.STORED)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "no stored segment of %s begins at %d".formatted(place, firstOffset)));
        var found = content(row);
        findings.well(place, row.firstOffset(), row.firstOffset() + 1);
        return found.segment().batches().array();
    }

    private StoredSegment content(SegmentRow row) {
        var place = row.partition();
        var first = row.firstOffset();
        var name = requireNonNull(row.stored()).objectName();
        return findings.read(
                place, first, () -> contents.read(() -> findings.asWritten(objects.read(place, first, name))));
    }
}
