package io.everstate.cli.place;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ports that `up` opens, all on the loopback address, with their defaults. */
public enum PortName {
    KAFKA(19092),
    KAFKA_CONTROLLER(19093),
    POSTGRES(15432),
    S3(19000),
    PLATFORM_HEALTH(19001),
    BOT_SERVICE(8081),
    BOT_SERVICE_MANAGEMENT(9081),
    STATE_SERVICE(8082),
    STATE_SERVICE_MANAGEMENT(9082),
    BACKUP_SERVICE(8083),
    BACKUP_SERVICE_MANAGEMENT(9083),
    RECOVERY_SERVICE(8084),
    RECOVERY_SERVICE_MANAGEMENT(9084),
    SUPERVISOR(8090);

    private final int standard;

    PortName(int standard) {
        this.standard = standard;
    }

    int standard() {
        return standard;
    }

    /** As people write it: {@code bot-service}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code EVERSTATE_PORT_BOT_SERVICE}. */
    public String variable() {
        return "EVERSTATE_PORT_" + name();
    }

    public static Optional<PortName> of(String text) {
        return Arrays.stream(values()).filter(name -> name.text().equals(text)).findFirst();
    }
}
