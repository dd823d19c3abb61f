package io.everstate.recovery.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.contracts.recovery.DisasterView.Evidence;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.recovery.plan.Memory;
import java.util.Arrays;
import java.util.List;

/** The parts of a run that are stored as JSON text. */
record RunJson(JsonFormat json) {
    String evidence(List<Evidence> evidence) {
        return write(evidence);
    }

    List<Evidence> evidence(String text) {
        return Arrays.asList(json.read(text.getBytes(UTF_8), Evidence[].class));
    }

    String memory(Memory memory) {
        return write(memory);
    }

    Memory memory(String text) {
        return json.read(text.getBytes(UTF_8), Memory.class);
    }

    private String write(Object value) {
        return new String(json.write(value), UTF_8);
    }
}
