package io.everstate.bot.external;

import io.everstate.bot.fleet.BotServiceProfile;
import java.util.HashMap;
import java.util.Map;

/** Documents always come from the log, and silence is noticed within seconds. */
public class ExternalProfile extends BotServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put("everstate.document.cache", "0");
        settings.put("everstate.external.heartbeat-interval", "3S");
        settings.put("everstate.external.silent-after", "1S");
        return settings;
    }
}
