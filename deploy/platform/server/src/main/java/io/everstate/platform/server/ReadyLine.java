package io.everstate.platform.server;

import java.time.Duration;

/** The one line of standard output, as a JSON object. */
final class ReadyLine {

    private ReadyLine() {}

    static String ready(PortPlan ports, Duration after) {
        return "{\"ready\":true"
                + ",\"kafka\":\"127.0.0.1:" + ports.kafka() + "\""
                + ",\"postgres\":\"127.0.0.1:" + ports.postgres() + "\""
                + ",\"s3\":\"http://127.0.0.1:" + ports.s3() + "\""
                + ",\"health\":\"http://127.0.0.1:" + ports.health() + "/health\""
                + ",\"pid\":" + ProcessHandle.current().pid()
                + ",\"afterMillis\":" + after.toMillis() + "}";
    }

    static String refused(String why) {
        return "{\"ready\":false,\"error\":\"" + escape(why) + "\"}";
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
