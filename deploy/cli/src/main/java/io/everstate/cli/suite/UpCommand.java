package io.everstate.cli.suite;

import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Poll;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.DataOption;
import io.everstate.cli.place.Installation;
import io.everstate.cli.place.PortName;
import io.everstate.cli.place.Ports;
import io.everstate.cli.place.ServiceName;
import io.everstate.cli.supervision.FileJournal;
import io.everstate.contracts.supervision.ServiceView;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description =
                "Starts everything on this machine and stays until Ctrl-C or `everstate down`; restarts what dies.")
public final class UpCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_WHEN_LATE = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Option(names = "--port-offset", paramLabel = "<number>", description = "is added to every default port")
    private int portOffset;

    @Option(
            names = "--port",
            paramLabel = "<name>=<number>",
            description =
                    "one listener's port; names: kafka, kafka-controller, postgres, s3, platform-health, bot-service, "
                            + "bot-service-management (also for state-, backup- and recovery-service), supervisor; "
                            + "also as EVERSTATE_PORT_BOT_SERVICE and the like")
    private final Map<String, Integer> ports = new HashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        DataDirectory data = dataOption.data();
        Ports chosen = Ports.of(portOffset, ports, System.getenv());
        data.create();
        FileJournal journal = FileJournal.on(data.log("supervisor"), Clock.systemUTC(), System.out::println);
        Suite suite =
                Suite.of(new SuiteOptions(data, chosen, Installation.find(), Map.of()), Clock.systemUTC(), journal);
        Runtime.getRuntime().addShutdownHook(new Thread(suite::close, "stop"));
        suite.start();
        report(suite, data, chosen);
        new CountDownLatch(1).await(); // a signal ends this process
        return ExitCode.OK.number();
    }

    private static void report(Suite suite, DataDirectory data, Ports ports) {
        if (!Poll.untilTrue(suite::ready, LOOK, PATIENCE)) {
            System.out.println(late(suite, data));
            Poll.untilTrue(suite::ready, LOOK_WHEN_LATE, FOR_EVER);
        }
        System.out.println(welcome(data, ports));
    }

    private static String late(Suite suite, DataDirectory data) {
        return suite.services().stream()
                .filter(service -> service.state() != ServiceView.State.UP)
                .map(service -> "  " + service.name() + " is " + service.state() + "; see " + data.log(service.name()))
                .collect(Collectors.joining(
                        "\n", "Not everything is ready after " + PATIENCE.toMinutes() + " minutes; waiting on:\n", ""));
    }

    private static String welcome(DataDirectory data, Ports ports) {
        long millis = ManagementFactory.getRuntimeMXBean().getUptime();
        StringBuilder text =
                new StringBuilder("%nEverstate is ready after %.1f s. Ctrl-C or `everstate down` stops it.%n%n"
                        .formatted(millis / 1000.0));
        for (ServiceName service : ServiceName.values()) {
            line(text, service.text(), "http://127.0.0.1:" + ports.of(service.port()));
        }
        line(text, "supervisor", "http://127.0.0.1:" + ports.of(PortName.SUPERVISOR));
        line(
                text,
                "platform",
                "Kafka 127.0.0.1:%d, PostgreSQL 127.0.0.1:%d, S3 http://127.0.0.1:%d"
                        .formatted(ports.of(PortName.KAFKA), ports.of(PortName.POSTGRES), ports.of(PortName.S3)));
        line(text, "alerts", AlertTarget.in(System.getenv()));
        line(text, "operator's token", data.token("operator").toString());
        line(text, "data", data.root().toString());
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append("  %-18s %s%n".formatted(label, value));
    }
}
