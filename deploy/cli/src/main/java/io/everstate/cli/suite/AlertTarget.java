package io.everstate.cli.suite;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/** Where recovery-service sends alerts, as its own setting says. The whole address is a secret; its host is not. */
final class AlertTarget {

    static final String VARIABLE = "EVERSTATE_ALERTS_WEBHOOK_URL";

    private AlertTarget() {}

    static String in(Map<String, String> environment) {
        String address = environment.getOrDefault(VARIABLE, "");
        if (address.isBlank()) {
            return "kept in recovery-service only; set " + VARIABLE + " for a chat";
        }
        return host(address)
                .map(host -> "to the chat at " + host)
                .orElse("to no chat: " + VARIABLE + " is no http or https address");
    }

    private static Optional<String> host(String address) {
        try {
            return Optional.ofNullable(new URI(address.strip()).getHost());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
