package io.everstate.state.query;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.everstate.platform.testkit.PlatformResource;
import io.everstate.state.platform.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a partition whose states and offsets do not belong together, or not to the log that there is now. */
@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
@Tag("SF13")
class FoldedAnewIT extends Queries {
    /** As where another replica does, for which memory does not answer here. */
    private static final String ANEW = "anew_to = next_offset + 1, anew_since = now(), revision = revision + 1";

    @Inject
    Transactions transactions;

    /** The rows as they are from one moment to the next: nothing is folded of the partition meanwhile. */
    private void whilePartitionHas(String columns, Runnable questions) {
        update("create table offsets_before as select * from partition_offsets where partition = " + PARTITION);
        update("update partition_offsets set %s where partition = %d".formatted(columns, PARTITION));
        try {
            questions.run();
        } finally {
            update("""
                    update partition_offsets p set (topic_id, next_offset, last_hash, anew_to, anew_since, revision) =
                        (b.topic_id, b.next_offset, b.last_hash, b.anew_to, b.anew_since, b.revision)
                    from offsets_before b where p.partition = b.partition""");
            update("drop table offsets_before");
        }
    }

    private void update(String statement) {
        transactions.write(connection -> {
            try (var prepared = connection.prepareStatement(statement)) {
                return prepared.executeUpdate();
            }
        });
    }

    /** They would have to be followed from an offset that does not lead to them. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {ANEW, "last_hash = 'of another record'"})
    void anOwnerIsSentToTheLog(String columns) {
        trader(2);

        whilePartitionHas(
                columns,
                () -> get("/api/v1/partitions/" + PARTITION)
                        .statusCode(409)
                        .body("detail", containsString("read it from the log")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                ANEW,
                "topic_id = 'of another topic'",
                "next_offset = next_offset + 1000",
                "last_hash = 'of another record'"
            })
    void whatTheLogHasLostIsNotToldBeforeItIsKnown(String columns) {
        trader(2);

        whilePartitionHas(
                columns,
                () -> get("/api/v1/partitions/" + PARTITION + "/lost-ends")
                        .statusCode(409)
                        .body("detail", containsString("ask again")));
    }

    @Test
    void whatABotWasIsToldLater() {
        var bot = trader(2);

        whilePartitionHas(ANEW, () -> {
            for (var question : List.of("?sequence=1", "?at=2026-01-01T00:00:00Z", "/events")) {
                get("/api/v1/bots/" + bot + question)
                        .statusCode(503)
                        .header("Retry-After", notNullValue())
                        .body("retryable", equalTo(true));
            }
            get("/api/v1/bots/" + bot).statusCode(200).body("sequence", equalTo(4));
        });
    }

    /** Its row has another one's state, by which it is seen who answers. */
    @Test
    void aBotIsReadFromItsRowMeanwhile() {
        var bot = trader(2);
        var other = trader(2);
        get("/api/v1/bots/" + other + "?atLeast=4").statusCode(200);
        get("/api/v1/bots/" + bot + "/trades?atLeast=4").statusCode(200);
        get("/api/v1/bots/" + other + "/trades?atLeast=4").statusCode(200);
        var id = "'" + bot + "'";
        update("create table state_before as select id, state, older from bots where id = " + id);
        update("update bots b set state = o.state, older = o.older from bots o where b.id = %s and o.id = '%s'"
                .formatted(id, other));
        try {
            get("/api/v1/bots/" + bot).statusCode(200).body("id", equalTo(bot.toString()));
            whilePartitionHas(
                    ANEW, () -> get("/api/v1/bots/" + bot).statusCode(200).body("id", equalTo(other.toString())));
        } finally {
            update("update bots b set state = s.state, older = s.older from state_before s where b.id = s.id");
            update("drop table state_before");
        }
    }
}
