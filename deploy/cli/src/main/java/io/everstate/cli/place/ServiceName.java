package io.everstate.cli.place;

import java.util.Arrays;
import java.util.List;

/** The four services that `up` starts beside the platform. */
public enum ServiceName {
    BOT("bot-service", PortName.BOT_SERVICE, PortName.BOT_SERVICE_MANAGEMENT),
    STATE("state-service", PortName.STATE_SERVICE, PortName.STATE_SERVICE_MANAGEMENT),
    BACKUP("backup-service", PortName.BACKUP_SERVICE, PortName.BACKUP_SERVICE_MANAGEMENT),
    RECOVERY("recovery-service", PortName.RECOVERY_SERVICE, PortName.RECOVERY_SERVICE_MANAGEMENT);

    /** The platform is supervised like a service, but its endpoints are not REST. */
    public static final String PLATFORM = "platform";

    private final String text;
    private final PortName port;
    private final PortName managementPort;

    ServiceName(String text, PortName port, PortName managementPort) {
        this.text = text;
        this.port = port;
        this.managementPort = managementPort;
    }

    public String text() {
        return text;
    }

    public PortName port() {
        return port;
    }

    public PortName managementPort() {
        return managementPort;
    }

    /** {@code BOT_SERVICE}, as a part of a variable's name. */
    public String variablePart() {
        return port.name();
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(ServiceName::text).toList();
    }
}
