package io.everstate.recovery.alert;

import java.util.List;

class InMemoryAlertChannelTest implements AlertChannelContract {
    private final InMemoryAlertChannel channel = new InMemoryAlertChannel();

    @Override
    public AlertChannel channel() {
        return channel;
    }

    @Override
    public void breakDown() {
        channel.broken = true;
    }

    @Override
    public List<String> delivered() {
        return channel.accepted.stream().map(Alert::text).toList();
    }
}
