package io.everstate.bot.history;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.everstate.bot.market.Bar;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.problem.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire format of Binance's public klines, by a local server. */
class BinanceHistoryTest {
    private static final String SYMBOL = "BTC/USDT";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final long FIRST = NOON.getEpochSecond() / 60;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = vertx.createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    /** All that there are; the server picks those that are asked for, unless it says something instead. */
    private List<Row> rows = List.of();

    private volatile Said instead = Said.NOTHING;
    private volatile Instant now = NOON.plus(Duration.ofDays(9));
    private volatile String date = "";

    private record Row(long opensAt, String text) {}

    private record Said(int status, String retryAfter, String body) {
        static final Said NOTHING = new Said(0, "", "");
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aKlineIsABar() {
        rows = List.of(row(0, "100.5", "101", "99.5", "100", "12.25", 3), row(1, "100", "100", "100", "100", "0", 0));

        var bars = bars(MINUTE, FIRST, FIRST + 1);

        assertThat(bars)
                .containsExactly(
                        bar(FIRST, "100.5", "101", "99.5", "100", "12.25"),
                        bar(FIRST + 1, "100", "100", "100", "100", "0"));
        assertThat(asked)
                .containsExactly("/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=%d&endTime=%d&limit=1000"
                        .formatted(NOON.toEpochMilli(), NOON.toEpochMilli() + 119_999));
    }

    @Test
    void whatIsNotOverByTheExchangesClockIsLeftOut() {
        rows = plain(3);
        now = NOON.plusSeconds(120);

        assertThat(bars(MINUTE, FIRST, FIRST + 2)).extracting(Bar::number).containsExactly(FIRST);
        now = NOON.plusSeconds(121);
        assertThat(bars(MINUTE, FIRST, FIRST + 2)).extracting(Bar::number).containsExactly(FIRST, FIRST + 1);
    }

    /** Before, this machine's clock decided instead, and could take a bar for over that was not. */
    @Test
    void anAnswerThatDoesNotSayWhatTimeItIsIsRefused() {
        rows = plain(3);
        date = "noon";

        assertRefused(FIRST + 2);
    }

    @Test
    void moreThanAnAnswerHasIsAskedForInTurn() {
        rows = plain(2_300);

        var bars = bars(MINUTE, FIRST, FIRST + 2_299);

        assertThat(bars)
                .hasSize(2_300)
                .extracting(Bar::number)
                .startsWith(FIRST)
                .endsWith(FIRST + 2_299);
        assertThat(asked).hasSize(3);
    }

    @Test
    void aYoungMarketHasFewer() {
        rows = plain(3).subList(1, 3);

        assertThat(bars(MINUTE, FIRST, FIRST + 2)).extracting(Bar::number).containsExactly(FIRST + 1, FIRST + 2);
        rows = List.of();
        assertThat(bars(MINUTE, FIRST, FIRST + 2)).isEmpty();
    }

    /** A row without a trade repeats the last price; it must not become the bar's lowest or its opening. */
    @Test
    void barsOfAnotherSpanArePutTogether() {
        rows = List.of(
                row(0, "50", "50", "50", "50", "0", 0),
                row(1, "100", "110", "95", "105", "2", 4),
                row(2, "105", "105", "105", "105", "0", 0),
                row(3, "104", "108", "104", "106", "0.5", 2),
                row(4, "106", "106", "106", "106", "0", 0),
                row(5, "106", "106", "106", "106", "0", 0));

        var bars = bars(Duration.ofMinutes(2), FIRST / 2, FIRST / 2 + 2);

        assertThat(bars)
                .extracting(Bar::open, Bar::high, Bar::low, Bar::close, Bar::volume)
                .containsExactly(
                        prices("100", "110", "95", "105", "2"),
                        prices("104", "108", "104", "106", "0.5"),
                        prices("106", "106", "106", "106", "0"));
        assertThat(bars.getFirst().at()).isEqualTo(NOON.plusSeconds(120));
        assertThat(asked.getFirst()).contains("interval=1m");
    }

    @ParameterizedTest
    @CsvSource({"1, 1s", "7, 1s", "60, 1m", "120, 1m", "300, 5m", "3600, 1h", "5400, 30m", "86400, 1d"})
    void theLongestIntervalThatFitsIsTaken(long seconds, String interval) {
        assertThat(BinanceInterval.dividing(Duration.ofSeconds(seconds)).name()).isEqualTo(interval);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "{\"code\": -1121, \"msg\": \"Invalid symbol.\"}",
                "[1]",
                "[[]]",
                "[[\"0\"]]",
                "null",
                "[[OPENS,\"1\",\"1\",\"1\",\"1\",\"1\",CLOSES,\"1\",1,\"1\",\"1\"]]",
                "[[OPENS,\"NaN\",\"1\",\"1\",\"1\",\"1\",CLOSES,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[OPENS,1,\"1\",\"1\",\"1\",\"1\",CLOSES,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[OPENS,\"1\",\"1\",\"-1\",\"1\",\"1\",CLOSES,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[OPENS,\"0\",\"0\",\"0\",\"0\",\"1\",CLOSES,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[OPENS,\"2\",\"1\",\"1\",\"1\",\"1\",CLOSES,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[OPENS,\"1\",\"3\",\"2\",\"2\",\"1\",CLOSES,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[OPENS,\"1\",\"1\",\"1\",\"1\",\"-1\",CLOSES,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[OPENS,\"1\",\"1\",\"1\",\"1\",\"0\",CLOSES,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[OPENS,\"1\",\"1\",\"1\",\"1\",\"1\",CLOSES,\"1\",0,\"1\",\"1\",\"0\"]]",
                "[[OPENS,\"1\",\"2\",\"1\",\"1\",\"0\",CLOSES,\"1\",0,\"1\",\"1\",\"0\"]]",
                "[[OPENS,\"1\",\"1\",\"1\",\"1\",\"1\",OPENS,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[1,\"1\",\"1\",\"1\",\"1\",\"1\",60000,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[-60000,\"1\",\"1\",\"1\",\"1\",\"1\",-1,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[0,\"1\",\"1\",\"1\",\"1\",\"1\",59999,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[1e400,\"1\",\"1\",\"1\",\"1\",\"1\",59999,\"1\",1,\"1\",\"1\",\"0\"]]",
                "[[OPENS,\"1e2147483647\",\"1\",\"1\",\"1\",\"1\",CLOSES,\"1\",1,\"1\",\"1\",\"0\"]]"
            })
    void whatCannotBeIsRefused(String body) {
        instead = new Said(
                200,
                "",
                body.replace("OPENS", Long.toString(NOON.toEpochMilli()))
                        .replace("CLOSES", Long.toString(NOON.toEpochMilli() + 59_999)));

        assertRefused(FIRST + 1);
    }

    /** What it means is judged where it is known which bars there are. */
    @Test
    void whereTheRecordHasAHoleTheBarsAroundItAreTold() {
        var all = plain(4);
        rows = List.of(all.get(0), all.get(1), all.get(3));

        assertThat(bars(MINUTE, FIRST, FIRST + 3)).extracting(Bar::number).containsExactly(FIRST, FIRST + 1, FIRST + 3);
    }

    @Test
    void aBarThatTheRecordHasInPartIsNone() {
        var all = plain(8);
        rows = List.of(all.get(0), all.get(1), all.get(2), all.get(5), all.get(6), all.get(7));

        assertThat(bars(Duration.ofMinutes(2), FIRST / 2, FIRST / 2 + 3))
                .extracting(Bar::number)
                .containsExactly(FIRST / 2, FIRST / 2 + 3);
    }

    @Test
    void disorderIsRefused() {
        var all = plain(3);
        rows = List.of(all.get(1), all.get(0), all.get(2));
        assertRefused(FIRST + 2);

        rows = List.of(all.get(0), all.get(0));
        assertRefused(FIRST + 2);
    }

    @Test
    void aHoleBetweenTwoAnswersIsOneAsWell() {
        var all = plain(1_010);
        rows = all.stream()
                .filter(row -> row.opensAt() != all.get(1_000).opensAt())
                .toList();

        assertThat(bars(MINUTE, FIRST, FIRST + 1_009))
                .extracting(Bar::number)
                .hasSize(1_009)
                .doesNotContain(FIRST + 1_000)
                .endsWith(FIRST + 1_009);
    }

    @ParameterizedTest
    @CsvSource({"429, 7, 7", "418, 600, 600", "429, '', 60", "418, soon, 60", "429, 999999999, 259200"})
    void whoAsksTooOftenIsToldHowLongToWait(int status, String retryAfter, long seconds) {
        instead = new Said(status, retryAfter, "");

        assertThatExceptionOfType(BarHistoryException.class)
                .isThrownBy(() -> bars(MINUTE, FIRST, FIRST))
                .satisfies(e -> assertThat(e.pause()).isEqualTo(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 403, 500, 503})
    void anyOtherAnswerIsNone(int status) {
        instead = new Said(status, "", "[]");

        assertUnavailable(history(MINUTE, DEADLINE), "answers " + status);
    }

    @Test
    void anAnswerThatDoesNotEndIsGivenUp() {
        instead = new Said(-1, "", "");

        assertUnavailable(history(MINUTE, Duration.ofMillis(300)), "no whole answer within");
    }

    @Test
    void anAnswerThatIsTooLargeIsNotRead() {
        instead = new Said(200, "", "[" + " ".repeat(2 << 20) + "]");

        assertUnavailable(history(MINUTE, DEADLINE), "no answer");
    }

    @Test
    void whereNobodyListensThereIsNoAnswer() {
        server.close().toCompletionStage().toCompletableFuture().join();

        assertUnavailable(history(MINUTE, DEADLINE), "no answer");
    }

    private void assertRefused(long to) {
        assertThatExceptionOfType(BarHistoryException.class)
                .isThrownBy(() -> bars(MINUTE, FIRST, to))
                .satisfies(e -> assertThat(e.type()).isEqualTo(ProblemType.CORRUPT));
    }

    private static void assertUnavailable(BarHistory history, String sentence) {
        assertThatExceptionOfType(BarHistoryException.class)
                .isThrownBy(() -> history.bars(SYMBOL, FIRST, FIRST))
                .withMessageContaining(sentence)
                .satisfies(e -> assertThat(e.type()).isEqualTo(ProblemType.UNAVAILABLE))
                .satisfies(e -> assertThat(e.pause()).isZero());
    }

    private List<Bar> bars(Duration span, long from, long to) {
        return history(span, DEADLINE).bars(SYMBOL, from, to);
    }

    private BinanceHistory history(Duration span, Duration deadline) {
        var base = URI.create("http://127.0.0.1:" + server.actualPort() + "/");
        return new BinanceHistory(base, span, deadline, new SampleJson());
    }

    private void answer(HttpServerRequest request) {
        asked.add(Objects.requireNonNull(request.uri()));
        var said = instead;
        if (said.status() < 0) {
            return;
        }
        var response = request.response()
                .putHeader(
                        "Date",
                        date.isEmpty()
                                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC))
                                : date);
        if (said.status() == 0) {
            response.end(picked(request));
            return;
        }
        if (!said.retryAfter().isEmpty()) {
            response.putHeader("Retry-After", said.retryAfter());
        }
        response.setStatusCode(said.status()).end(said.body());
    }

    private String picked(HttpServerRequest request) {
        var from = Long.parseLong(request.getParam("startTime"));
        var to = Long.parseLong(request.getParam("endTime"));
        return rows.stream()
                .filter(row -> row.opensAt() >= from && row.opensAt() <= to)
                .limit(Long.parseLong(request.getParam("limit")))
                .map(Row::text)
                .collect(joining(",", "[", "]"));
    }

    private static List<Row> plain(int count) {
        return LongStream.range(0, count)
                .mapToObj(minute -> row(minute, "100", "100", "100", "100", "1", 1))
                .toList();
    }

    private static Row row(long minute, String open, String high, String low, String close, String volume, int trades) {
        var opensAt = NOON.toEpochMilli() + 60_000 * minute;
        var prices = List.of(open, high, low, close, volume).stream()
                .map(price -> "\"" + price + (price.contains(".") ? "000\"" : ".00000000\""))
                .collect(joining(","));
        return new Row(
                opensAt,
                "[%d,%s,%d,\"0.00000000\",%d,\"0.00000000\",\"0.00000000\",\"0\"]"
                        .formatted(opensAt, prices, opensAt + 59_999, trades));
    }

    private static Bar bar(long number, String open, String high, String low, String close, String volume) {
        return new Bar(
                number,
                Instant.ofEpochSecond(60 * (number + 1)),
                Amount.of(open),
                Amount.of(high),
                Amount.of(low),
                Amount.of(close),
                Amount.of(volume));
    }

    private static Tuple prices(String... prices) {
        return new Tuple(Arrays.stream(prices).map(Amount::of).toArray());
    }
}
