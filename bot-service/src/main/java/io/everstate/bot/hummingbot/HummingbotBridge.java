package io.everstate.bot.hummingbot;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.bot.external.ExternalReports;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.external.ReportedStatus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jboss.logging.Logger;

/**
 * Listens to hummingbot at an MQTT broker. Every replica hears everything, and the one that owns a bot takes what is its; what is said while
 * a bot changes its owner can be lost or come twice, as hints may.
 */
@ApplicationScoped
class HummingbotBridge implements MqttCallback {
    private static final Logger LOG = Logger.getLogger(HummingbotBridge.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int AT_LEAST_ONCE = 1;

    private final HummingbotConfiguration configuration;
    private final ExternalReports reports;
    private final HummingbotMessage messages;
    private final Map<String, BotId> bots;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hummingbot").factory());

    HummingbotBridge(HummingbotConfiguration configuration, ExternalReports reports, ObjectMapper json) {
        this.configuration = configuration;
        this.reports = reports;
        this.messages = new HummingbotMessage(json);
        this.bots = configuration.instances().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> BotId.of(entry.getValue())));
    }

    void start(@Observes StartupEvent event) throws MqttException {
        var broker = configuration.broker();
        if (broker.isPresent()) {
            var client = client(broker.get());
            var _ = timer.scheduleWithFixedDelay(
                    () -> keepConnected(client), 0, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private MqttAsyncClient client(URI broker) throws MqttException {
        var client = new MqttAsyncClient(broker.toString(), "everstate-" + UUID.randomUUID(), new MemoryPersistence());
        client.setCallback(this);
        return client;
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    /** The client's own way to reconnect begins only behind a first connection, which may be late as well. */
    private void keepConnected(MqttAsyncClient client) {
        if (client.isConnected()) {
            return;
        }
        try {
            client.connect(options()).waitForCompletion(DEADLINE.toMillis());
            for (var instance : bots.keySet()) {
                for (var channel : HummingbotTopic.CHANNELS) {
                    var topic = new HummingbotTopic(configuration.namespace(), instance, channel);
                    client.subscribe(topic.toString(), AT_LEAST_ONCE).waitForCompletion(DEADLINE.toMillis());
                }
            }
            LOG.infof("listening to %d instances of hummingbot", bots.size());
        } catch (MqttException | RuntimeException e) {
            LOG.warnf("hummingbot's broker is not reached, trying again: %s", e.getMessage());
            leave(client);
        }
    }

    /** A connection without all its subscriptions would be deaf for ever. */
    private static void leave(MqttAsyncClient client) {
        try {
            client.disconnectForcibly(0, DEADLINE.toMillis());
        } catch (MqttException e) {
            LOG.debugf("there was no connection to hummingbot's broker: %s", e.getMessage());
        }
    }

    private MqttConnectOptions options() {
        var options = new MqttConnectOptions();
        options.setCleanSession(true);
        options.setConnectionTimeout(Math.toIntExact(DEADLINE.toSeconds()));
        configuration.user().ifPresent(options::setUserName);
        configuration.password().map(String::toCharArray).ifPresent(options::setPassword);
        return options;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        try {
            HummingbotTopic.of(topic).ifPresent(known -> take(known, message.getPayload()));
        } catch (RuntimeException e) {
            // what is thrown here ends the connection, for all instances
            LOG.warnf("a message of hummingbot on %s is dropped: %s", topic, e.getMessage());
        }
    }

    private void take(HummingbotTopic topic, byte[] payload) {
        var bot = bots.get(topic.instance());
        if (bot == null || !reports.owns(bot)) {
            return;
        }
        if (topic.channel().equals(HummingbotTopic.HEARTBEAT)) {
            reports.heard(bot, ReportedStatus.RUNNING, null);
        } else {
            reports.record(bot, messages.read(topic.channel(), payload));
        }
    }

    @Override
    public void connectionLost(Throwable cause) {
        LOG.warnf("hummingbot's broker is lost, trying again: %s", cause.getMessage());
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // nothing is ever published
    }
}
