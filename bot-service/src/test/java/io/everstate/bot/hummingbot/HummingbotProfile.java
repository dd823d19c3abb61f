package io.everstate.bot.hummingbot;

import io.everstate.bot.fleet.BotServiceProfile;
import io.everstate.platform.launcher.Ports;
import java.util.HashMap;
import java.util.Map;

/** One instance of hummingbot at a broker that is not there yet. */
public class HummingbotProfile extends BotServiceProfile {
    static final String BOT = "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c99";

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put(
                "everstate.hummingbot.broker",
                "tcp://127.0.0.1:" + Ports.free(1).iterator().next());
        settings.put("everstate.hummingbot.instances.a1b2c3", BOT);
        return settings;
    }
}
