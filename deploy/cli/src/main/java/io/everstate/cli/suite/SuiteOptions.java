package io.everstate.cli.suite;

import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.Installation;
import io.everstate.cli.place.Ports;
import io.everstate.cli.place.ServiceName;
import java.util.Map;

/** @param settings additional environment of a service */
public record SuiteOptions(
        DataDirectory data, Ports ports, Installation installation, Map<ServiceName, Map<String, String>> settings) {

    public SuiteOptions {
        settings = Map.copyOf(settings);
    }
}
