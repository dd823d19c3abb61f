package io.everstate.recovery.peer.rest;

import io.everstate.recovery.peer.Validations;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@Singleton
final class RestValidations implements Validations {
    private final ValidationsApi api;

    RestValidations(@RestClient ValidationsApi api) {
        this.api = api;
    }

    @Override
    public List<Found> newest() {
        return PeerCall.to("state-service", () -> api.newest(Pages.SIZE).items());
    }
}
