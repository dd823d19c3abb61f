package io.everstate.state.restore.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.past.Then;
import io.everstate.state.past.Then.CutShort;
import io.everstate.state.past.Then.NotYet;
import io.everstate.state.past.Then.Was;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:04Z");
    private static final Then BORN = new NotYet("there was no bot then", true);
    private static final Then ELSEWHERE = new NotYet("there was no bot then", false);

    private static Then never() {
        throw new AssertionError("it is asked");
    }

    private static Then nobody() {
        throw new ProblemException(ProblemType.UNAVAILABLE, "nobody answers");
    }

    private record Said(Then inLog, Supplier<Then> segments, Supplier<Then> older) implements Ladder.Records {
        @Override
        public Then inSegments() {
            return segments.get();
        }

        @Override
        public Then inOlderLogs(NotYet here) {
            return older.get();
        }
    }

    private static RestorePoint point(Then log, Supplier<Then> segments, Supplier<Then> older) {
        return new Ladder((_, _) -> List.of()).find(new Said(log, segments, older), TIME);
    }

    private static void assertRefused(ProblemType type, ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    @Test
    void aBotThatWasBornInTheLogWasNeverInAnOlderOne() {
        assertRefused(ProblemType.NOT_FOUND, () -> point(BORN, LadderTest::never, LadderTest::never));
        assertRefused(
                ProblemType.NOT_FOUND,
                () -> point(new CutShort(null, "it begins later"), () -> BORN, LadderTest::never));
    }

    @Test
    void aBotThatWasNotIsLookedForInOlderOnes() {
        var was = new Was(Points.found(4));

        assertThat(List.of(
                        point(ELSEWHERE, LadderTest::never, () -> was),
                        point(new CutShort(null, "it begins later"), () -> ELSEWHERE, () -> was)))
                .allSatisfy(point -> {
                    assertThat(point.rung()).isEqualTo(RestoreRung.SEGMENTS);
                    assertThat(point.state()).isEqualTo(was.found().state());
                    assertThat(point.passedOver()).anyMatch(why -> why.contains("came in the place of another one"));
                });
    }

    @Test
    void ofABotThatAnOlderLogSawTheBirthOfThereWasNoneBefore() {
        assertRefused(ProblemType.NOT_FOUND, () -> point(ELSEWHERE, LadderTest::never, () -> BORN));
    }

    @Test
    void ofABotThatMustHaveBeenInAnOlderLogNobodySaysThatItWasNot() {
        assertThatThrownBy(
                        () -> point(ELSEWHERE, LadderTest::never, () -> new CutShort(null, "no older one is archived")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.CORRUPT))
                .hasMessageContaining("no older one is archived");
        assertRefused(ProblemType.UNAVAILABLE, () -> point(ELSEWHERE, LadderTest::never, LadderTest::nobody));
    }

    /** Of a target for which older logs are not asked. */
    private record Here(Then inLog) implements Ladder.Records {
        @Override
        public Then inSegments() {
            return inLog;
        }
    }

    @Test
    void whereOlderLogsAreNotAskedABotThatMustHaveBeenInOneIsNotSaidNotToHaveBeen() {
        var ladder = new Ladder((_, _) -> List.of());
        var elsewhere = new Here(ELSEWHERE);

        assertRefused(ProblemType.CORRUPT, () -> ladder.find(elsewhere, TIME));
        assertRefused(
                ProblemType.CORRUPT,
                () -> ladder.orInSegments(elsewhere, () -> {
                    throw new LogBeginsLaterException("it begins later", null);
                }));
        assertThat(ladder.exact(elsewhere)).isEmpty();
        assertThat(ladder.passedOver()).last().isEqualTo("there was no bot then");
        assertRefused(ProblemType.NOT_FOUND, () -> ladder.find(new Here(BORN), TIME));
        assertRefused(ProblemType.NOT_FOUND, () -> ladder.exact(new Here(BORN)));
    }

    @Test
    void whereAnOlderLogEndsTooEarlyWhatWasKeptIsTakenAndSaidToBe() {
        var kept = Points.kept(3);

        var point = point(ELSEWHERE, LadderTest::never, () -> new CutShort(kept, "it ends too early"));

        assertThat(point.rung()).isEqualTo(RestoreRung.OLDER_SNAPSHOT);
        assertThat(point.snapshot()).isEqualTo(Points.SNAPSHOT);
        assertThat(point.state()).isEqualTo(kept.state());
        assertThat(point.passedOver()).last().isEqualTo("it ends too early, so the state is the one of the snapshot");
    }

    @Test
    void whatIsExactGoesBeforeWhatIsOnlyNear() {
        var near = new CutShort(Points.kept(3), "it begins later");
        var exact = new Was(Points.found(4));

        assertThat(point(near, () -> exact, LadderTest::never))
                .returns(RestoreRung.SEGMENTS, RestorePoint::rung)
                .returns(exact.found().state(), RestorePoint::state);
        assertThat(point(near, LadderTest::nobody, LadderTest::never)).returns(Points.SNAPSHOT, RestorePoint::snapshot);
        assertThat(point(near, LadderTest::nobody, LadderTest::never).passedOver())
                .containsExactly("nobody answers", "it begins later, so the state is the one of the snapshot");
    }

    @Test
    void whereNothingIsKeptWhoHasTheRecordsIsWaitedFor() {
        var nothing = new CutShort(null, "it begins later");

        assertRefused(ProblemType.UNAVAILABLE, () -> point(nothing, LadderTest::nobody, LadderTest::never));
        assertRefused(
                ProblemType.CORRUPT, () -> point(nothing, () -> new CutShort(null, "no segment"), LadderTest::never));
    }
}
