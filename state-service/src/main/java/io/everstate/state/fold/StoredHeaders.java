package io.everstate.state.fold;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A stored record's headers as the codec reads them. */
public final class StoredHeaders {
    private StoredHeaders() {}

    /** Of two of one name the later one counts; one without a value is empty. */
    public static Map<String, String> of(ConsumerRecord<?, ?> stored) {
        var headers = new HashMap<String, String>();
        for (var header : stored.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }
}
