package io.everstate.bot.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.bot.market.Bar;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Binance's public klines, {@code /api/v3/klines}. Over is what is over by the clock of its answers: of a bar that still is being traded it
 * tells the trades so far, and does not say that there may be more.
 */
public final class BinanceHistory implements BarHistory, AutoCloseable {
    public static final URI BINANCE = URI.create("https://api.binance.com/");

    static final int MOST_KLINES = 1_000;
    /** What an exchange still adds to a bar behind its end. */
    static final Duration SETTLED = Duration.ofSeconds(1);
    /** After too many requests when it does not say itself; its limits count by the minute. */
    static final Duration DEFAULT_PAUSE = Duration.ofMinutes(1);
    /** Its longest ban. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(3);

    private static final Logger LOG = Logger.getLogger(BinanceHistory.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int BANNED = 418;

    private final URI base;
    private final Duration span;
    private final BinanceInterval interval;
    private final JsonFormat json;
    private final Duration deadline;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /**
     * @param base with a slash at its end
     * @param span of a bar
     * @param deadline of a whole answer
     */
    public BinanceHistory(URI base, Duration span, Duration deadline, JsonFormat json) {
        this.base = base;
        this.span = span;
        this.interval = BinanceInterval.dividing(span);
        this.deadline = deadline;
        this.json = json;
    }

    @Override
    public List<Bar> bars(String symbol, long from, long to) {
        var end = (to + 1) * span.toMillis();
        var klines = new BinanceKlines(interval, from * span.toMillis(), end);
        var rows = MOST_KLINES;
        while (rows == MOST_KLINES && klines.next() < end) {
            var answer = send(request(symbol, klines.next(), end - 1));
            rows = klines.add(read(answer));
            if (klines.cutAt(now(answer).minus(SETTLED))) {
                break;
            }
        }
        return klines.bars(span.toMillis());
    }

    private HttpRequest request(String symbol, long from, long to) {
        var query = "api/v3/klines?symbol=%s&interval=%s&startTime=%d&endTime=%d&limit=%d"
                .formatted(symbol.replace("/", ""), interval.name(), from, to, MOST_KLINES);
        return HttpRequest.newBuilder(base.resolve(query))
                .header("Accept", "application/json")
                .build();
    }

    /** The timeout of a request would end with the answer's head; this one is of the whole answer. */
    private HttpResponse<byte[]> send(HttpRequest request) {
        var answer = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw BarHistoryException.unavailable("no whole answer within " + deadline, e);
        } catch (ExecutionException e) {
            throw BarHistoryException.unavailable("no answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BarHistoryException.unavailable("the service is stopping", e);
        } finally {
            answer.cancel(true);
        }
    }

    private JsonNode read(HttpResponse<byte[]> answer) {
        switch (answer.statusCode()) {
            case OK -> {}
            case TOO_MANY, BANNED ->
                throw BarHistoryException.tooOften(
                        "it was asked too often, and answers " + answer.statusCode(), pause(answer));
            default -> throw BarHistoryException.unavailable("it answers " + answer.statusCode(), null);
        }
        try {
            return json.read(answer.body(), JsonNode.class);
        } catch (UnreadableRecordException e) {
            LOG.debugf(e, "an answer is no JSON");
            throw BarHistoryException.refused("the answer is no JSON");
        }
    }

    private static Duration pause(HttpResponse<?> answer) {
        var seconds = answer.headers().firstValue("Retry-After").orElse("");
        if (!seconds.matches("\\d{1,9}")) {
            return DEFAULT_PAUSE;
        }
        var asked = Duration.ofSeconds(Long.parseLong(seconds));
        return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
    }

    /** By its clock: ours could take for over what is not. */
    private static Instant now(HttpResponse<?> answer) {
        var date = answer.headers().firstValue("Date").orElse("");
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeException e) {
            LOG.debugf(e, "an answer has no date");
            throw BarHistoryException.refused("the answer does not say what time it is");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
