package io.everstate.recovery.alert;

class InMemoryAlertOutboxTest implements AlertOutboxContract {
    private final InMemoryAlertOutbox outbox = new InMemoryAlertOutbox();

    @Override
    public AlertOutbox outbox() {
        return outbox;
    }

    @Override
    public void add(Alert alert) {
        outbox.add(alert);
    }
}
