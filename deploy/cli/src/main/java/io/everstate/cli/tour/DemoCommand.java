package io.everstate.cli.tour;

import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Poll;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.Installation;
import io.everstate.cli.place.Ports;
import io.everstate.cli.place.ServiceName;
import io.everstate.cli.suite.Suite;
import io.everstate.cli.suite.SuiteOptions;
import io.everstate.cli.supervision.FileJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description =
                "The tour: starts everything in a directory of its own, lets five bots trade, brings three disasters over "
                        + "them, and ends with 1 if one acknowledged trade is missing or doubled.")
public final class DemoCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration START = Duration.ofMinutes(3);
    /** Bars a second for each bot: a day of minutes in about a minute. */
    private static final String SPEED = "20";

    @Option(names = "--keep", description = "leave the data directory there")
    private boolean keep;

    @Override
    public Integer call() throws IOException {
        Progress progress = new Progress(System.out);
        Clock clock = Clock.systemUTC();
        DataDirectory data = new DataDirectory(Files.createTempDirectory("everstate-demo-"));
        data.create();
        progress.step("everything of this tour is in " + data.root());
        try (ChatReceiver chat = ChatReceiver.start(text -> progress.aside("chat: " + text))) {
            FileJournal journal = FileJournal.on(
                    data.log("supervisor"), clock, sentence -> progress.aside("supervisor: " + sentence));
            Suite suite = Suite.of(options(data, chat), clock, journal);
            try (DemoDirectory directory = new DemoDirectory(data, suite, keep)) {
                suite.start();
                awaitReady(suite, progress);
                Tour tour = new Tour(suite, new Services(data, Map.of()), progress);
                TourReport report = tour.take(data.workspace(), clock);
                ExitCode code = show(report, chat, progress);
                directory.finished(code == ExitCode.OK);
                return code.number();
            }
        }
    }

    private static SuiteOptions options(DataDirectory data, ChatReceiver chat) {
        return new SuiteOptions(
                data,
                Ports.free(),
                Installation.find(),
                Map.of(
                        ServiceName.BOT,
                                Map.of(
                                        "EVERSTATE_MARKET_SPEED",
                                        SPEED,
                                        "EVERSTATE_FLEET_DEFAULT_ARBITRAGE_BOT",
                                        "false"),
                        ServiceName.RECOVERY, Map.of("EVERSTATE_ALERTS_WEBHOOK_URL", chat.address())));
    }

    private static void awaitReady(Suite suite, Progress progress) {
        if (!Poll.untilTrue(suite::ready, LOOK, START)) {
            throw new CommandFailedException(
                    ExitCode.NOT_STARTED,
                    "not everything is ready after " + START.toSeconds() + " s: " + suite.services());
        }
        progress.step("everything is ready: Kafka, PostgreSQL, S3 and the four services");
    }

    private static ExitCode show(TourReport report, ChatReceiver chat, Progress progress) {
        System.out.printf("%n%s%n%n", report.render());
        report.complaints().forEach(complaint -> System.out.println("  " + complaint));
        System.out.printf(
                "%d alerts reached the chat. The tour took %.0f s.%n",
                chat.alerts().size(), progress.seconds());
        if (!report.clean()) {
            System.out.println("Acknowledged trades are missing or doubled: see above.");
        }
        return report.clean() ? ExitCode.OK : ExitCode.FAILED;
    }
}
