package io.everstate.state.health.look;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.Map;

/** Base URLs by name: {@code <service>} for its REST endpoints, {@code <service>-management} for its health. */
@ConfigMapping(prefix = "everstate.peers")
public interface PeerAddresses {
    @WithParentName
    Map<String, URI> addresses();

    default URI of(String service) {
        var address = addresses().get(service);
        if (address == null) {
            throw new IllegalStateException("everstate.peers." + service + " is not set");
        }
        return address;
    }

    default URI managementOf(String service) {
        return of(service + "-management");
    }
}
