package io.everstate.platform.server;

import io.everstate.platform.server.part.RefusedStartException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process. Its standard output carries one line: that all parts serve clients, or why they do not; its log goes to
 * standard error. It ends at SIGTERM, with code 0 after an ordered stop.
 */
final class Main {

    private static final int REFUSED = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] arguments) {
        try {
            ServerOptions options = ServerOptions.of(List.of(arguments), System.getenv());
            PlatformServer server = new PlatformServer(options);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            server.start();
            OUT.println(ReadyLine.ready(options.ports(), uptime()));
            LOG.info("ready after {} ms", uptime().toMillis());
            if (options.has(ServerOptions.Switch.EXIT_WITH_PARENT)) {
                awaitEndOfInput();
                System.exit(0);
            }
        } catch (RefusedStartException e) {
            LOG.error("{}", e.getMessage());
            OUT.println(ReadyLine.refused(String.valueOf(e.getMessage())));
            System.exit(REFUSED);
        } catch (RuntimeException e) {
            LOG.error("the platform does not start", e);
            OUT.println(ReadyLine.refused(String.valueOf(e.getMessage())));
            System.exit(1);
        }
    }

    private static Duration uptime() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.warn("standard input broke: {}", e.getMessage());
        }
        LOG.info("the parent process is gone; stopping");
    }
}
