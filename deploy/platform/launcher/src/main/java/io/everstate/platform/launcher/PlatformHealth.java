package io.everstate.platform.launcher;

import java.util.Map;

/** Which parts answered when they were asked; a part that is not named did not. */
public record PlatformHealth(Map<Part, Boolean> parts) {

    public PlatformHealth {
        parts = Map.copyOf(parts);
    }

    public static PlatformHealth down() {
        return new PlatformHealth(Map.of());
    }

    public boolean up() {
        for (Part part : Part.values()) {
            if (!up(part)) {
                return false;
            }
        }
        return true;
    }

    public boolean up(Part part) {
        return parts.getOrDefault(part, false);
    }
}
