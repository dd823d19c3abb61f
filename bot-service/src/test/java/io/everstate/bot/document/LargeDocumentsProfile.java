package io.everstate.bot.document;

import io.everstate.bot.external.ExternalProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Documents of at most 8 MiB, in at most ten seconds, and of one bot at most three of that size. */
public class LargeDocumentsProfile extends ExternalProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put("everstate.document.largest", "8M");
        settings.put("everstate.document.kept", "1");
        settings.put("everstate.document.stored", "3");
        settings.put("everstate.document.directory", SpoolDirectory.PATH);
        settings.put("everstate.document.patience", "10S");
        settings.put("everstate.external.silent-after", "1M");
        return settings;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(FaultyBucket.class));
    }
}
