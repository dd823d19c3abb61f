package io.everstate.cli.rescue;

import picocli.CommandLine.Option;

/** Which archived topic is meant: the name may have been given to several, one after another. */
public final class TopicIdOption {

    @Option(
            names = "--topic-id",
            required = true,
            paramLabel = "<id>",
            description =
                    "Kafka's id of the archived topic, as `everstate event-archive list` or the bucket's segments/ shows it")
    private String id = "";

    String id() {
        return id;
    }
}
