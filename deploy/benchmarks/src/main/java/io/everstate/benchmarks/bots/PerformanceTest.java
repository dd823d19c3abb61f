package io.everstate.benchmarks.bots;

import io.everstate.cli.place.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kafka's own kafka-producer-perf-test, as a process. */
final class PerformanceTest {

    private static final Pattern RESULT = Pattern.compile("(\\d+) records sent, ([0-9.]+) records/sec");

    private PerformanceTest() {}

    /** Records a second, acknowledged by all replicas, by an idempotent producer. */
    static double run(String kafka, String topic, Path payloads, int records) throws InterruptedException {
        List<String> command = List.of(
                Installation.find().java().toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.kafka.tools.ProducerPerformance",
                "--topic",
                topic,
                "--num-records",
                Integer.toString(records),
                "--throughput",
                "-1",
                "--payload-file",
                payloads.toString(),
                "--producer-props",
                "bootstrap.servers=" + kafka,
                "acks=all",
                "enable.idempotence=true");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("kafka-producer-perf-test failed: " + output);
            }
            return rate(output, records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the last line, which is about the whole. */
    static double rate(String output, int records) {
        double rate = 0;
        for (Matcher matcher = RESULT.matcher(output); matcher.find(); ) {
            rate = Integer.parseInt(matcher.group(1)) == records ? Double.parseDouble(matcher.group(2)) : rate;
        }
        if (rate == 0) {
            throw new IllegalStateException(
                    "kafka-producer-perf-test said nothing about its " + records + " records: " + output);
        }
        return rate;
    }
}
