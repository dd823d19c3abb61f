package io.everstate.cli.supervision;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a service whether it can be used. */
@FunctionalInterface
public interface Readiness {

    boolean answers(URI address);

    /** 200 within a second. */
    static Readiness byHttp() {
        return address -> {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) address.toURL().openConnection();
                connection.setConnectTimeout(1_000);
                connection.setReadTimeout(1_000);
                try {
                    return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
                } finally {
                    connection.disconnect();
                }
            } catch (IOException e) {
                return false;
            }
        };
    }
}
