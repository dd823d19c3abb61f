package io.everstate.bot.replica;

import io.everstate.bot.ownership.OwnershipConfiguration;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Where the owners of the partitions answer, as they last said. A hint can be old; then the one who was asked says so. */
@ApplicationScoped
public class OwnerHints {
    private static final Logger LOG = Logger.getLogger(OwnerHints.class);

    private final Map<Integer, OwnerHint> hints = new ConcurrentHashMap<>();
    private final OwnershipConfiguration configuration;
    private final Emitter<Record<String, byte[]>> emitter;
    private final JsonFormat json;

    OwnerHints(
            OwnershipConfiguration configuration,
            @Channel("owners-out") @OnOverflow(OnOverflow.Strategy.DROP) Emitter<Record<String, byte[]>> emitter,
            JsonFormat json) {
        this.configuration = configuration;
        this.emitter = emitter;
        this.json = json;
    }

    /** Tells everyone that this replica owns the partition. Returns at once; a hint that gets lost costs a caller a 503. */
    public void announce(int partition, long epoch) {
        var hint = new OwnerHint(epoch, configuration.advertisedAddress());
        learn(partition, hint);
        try {
            emitter.send(Record.of(Integer.toString(partition), json.write(hint)))
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            unheard(partition, failure);
                        }
                    });
        } catch (IllegalStateException e) {
            // the channel is closed; a hint must not end the reader of the log, which calls this
            unheard(partition, e);
        }
    }

    private static void unheard(int partition, Throwable cause) {
        LOG.warnf("others do not hear that partition %d is owned here: %s", partition, cause.getMessage());
    }

    @Incoming("owners-in")
    void hear(Record<String, byte[]> entry) {
        try {
            var partition = Integer.parseInt(entry.key());
            Optional.ofNullable(json.read(entry.value(), OwnerHint.class)).ifPresent(hint -> learn(partition, hint));
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            LOG.warnf("a hint about an owner is not readable and not used: %s", e.getMessage());
        }
    }

    private void learn(int partition, OwnerHint hint) {
        hints.merge(partition, hint, (known, news) -> news.epoch() >= known.epoch() ? news : known);
    }

    /** Empty too when the last one who said so is this replica: who asks has found that it is not. */
    Optional<OwnerHint> findElsewhere(int partition) {
        return Optional.ofNullable(hints.get(partition))
                .filter(hint -> !hint.address().equals(configuration.advertisedAddress()));
    }

    /** The other replicas that own something. */
    public Set<String> peers() {
        var addresses = new TreeSet<String>();
        hints.values().forEach(hint -> addresses.add(hint.address()));
        addresses.remove(configuration.advertisedAddress());
        return addresses;
    }
}
