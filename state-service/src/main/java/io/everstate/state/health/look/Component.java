package io.everstate.state.health.look;

/**
 * A service, a replica of one, or something that services need.
 *
 * @param id unique: the name, and of a replica which one
 * @param name what all replicas of a service have in common
 * @param essential whether bots stand still without it
 */
public record Component(Kind kind, String id, String name, boolean essential) {
    public enum Kind {
        SERVICE,
        DEPENDENCY
    }

    static final String BOT_SERVICE = "bot-service";
    static final String STATE_SERVICE = "state-service";

    static final Component KAFKA = new Component(Kind.DEPENDENCY, "kafka", "kafka", true);
    public static final Component POSTGRESQL = new Component(Kind.DEPENDENCY, "postgresql", "postgresql", true);
    static final Component OBJECT_STORAGE = new Component(Kind.DEPENDENCY, "object-storage", "object-storage", false);
    static final Component BACKUP = new Component(Kind.SERVICE, "backup-service", "backup-service", false);
    static final Component RECOVERY = new Component(Kind.SERVICE, "recovery-service", "recovery-service", false);
    static final Component BOTS = new Component(Kind.SERVICE, BOT_SERVICE, BOT_SERVICE, true);

    static Component replica(String service, String which) {
        return new Component(Kind.SERVICE, service + " " + which, service, true);
    }
}
