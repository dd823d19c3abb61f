package io.everstate.bot.document;

import io.everstate.bot.external.ExternalProfile;
import java.util.HashMap;
import java.util.Map;

/** Documents of at most 8 MiB, in at most ten seconds. */
public class LargeDocumentsProfile extends ExternalProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put("everstate.document.largest", "8M");
        settings.put("everstate.document.directory", "target/directories/spool");
        settings.put("everstate.document.patience", "10S");
        settings.put("everstate.external.silent-after", "1M");
        return settings;
    }
}
