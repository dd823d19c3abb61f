package io.everstate.benchmarks.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.fleet.SteadyWriter;
import io.everstate.benchmarks.place.Rest;
import io.everstate.benchmarks.place.StateServer;
import io.everstate.cli.console.Json;
import io.everstate.contracts.bot.BotId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One bot of a fleet, asked for over REST again and again on one connection, while the events of all are written. */
final class WatchedBot {

    private static final long BETWEEN_LOOKS = 500_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final URI url;
    private final String token;
    private final Rest rest = new Rest();

    private WatchedBot(StateServer server, BotId bot) {
        this.url = server.url("/api/v1/bots/" + bot);
        this.token = server.token();
    }

    /**
     * From when each event of the n-th bot was due, among those of all others, until an answer has it. All that was written before must be
     * folded.
     */
    static SteadyWriter.Latencies freshness(FleetLog log, int n, StateServer server, int perSecond, Duration length)
            throws InterruptedException {
        BotId bot = log.bots().get(n);
        List<ProducerRecord<String, byte[]>> records = log.next(Math.toIntExact(perSecond * length.toMillis() / 1000));
        long events = records.stream()
                .filter(record -> record.key().equals(bot.toString()))
                .count();
        WatchedBot watched = new WatchedBot(server, bot);
        long before = watched.sequence();
        CompletableFuture<List<Long>> seen = CompletableFuture.supplyAsync(
                () -> watched.sights(before, events),
                task -> Thread.ofPlatform().daemon().start(task));
        SteadyWriter written = SteadyWriter.write(log.kafka(), records, perSecond);
        try {
            return written.until(bot.toString(), seen.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("not all was seen within " + PATIENCE, e);
        }
    }

    /** When each of that many events behind that one was first in an answer. */
    private List<Long> sights(long before, long events) {
        List<Long> sights = new ArrayList<>();
        while (sights.size() < events) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
            String answer = rest.get(url, token).join();
            long now = System.nanoTime();
            for (long seen = sequence(answer) - before - sights.size(); seen > 0; seen--) {
                sights.add(now);
            }
        }
        return sights;
    }

    private long sequence() {
        return sequence(rest.get(url, token).join());
    }

    /** Read up to there and no further: the rest of the answer is the reader's own time. */
    private static long sequence(String answer) {
        try (JsonParser json = Json.MAPPER.createParser(answer)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = json.currentName().equals("sequence");
                json.nextToken();
                if (found) {
                    return json.getLongValue();
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + answer, e);
        }
        throw new IllegalStateException("no sequence in " + answer);
    }
}
