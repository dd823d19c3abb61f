package io.everstate.platform.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortBlockTest {

    @TempDir
    Path directory;

    private final List<PortBlock> taken = new ArrayList<>();

    @AfterEach
    void release() throws IOException {
        for (PortBlock block : taken) {
            block.release();
        }
    }

    @Test
    void isNeverTakenTwiceAndEndsWhenThereIsNoneLeft() throws IOException {
        Set<Integer> first = new HashSet<>();
        for (int number = 0; number < PortBlock.BLOCKS; number++) {
            first.add((take().next() - PortBlock.LOWEST) / PortBlock.SIZE);
        }

        assertThat(first).hasSize(PortBlock.BLOCKS);
        assertThatIllegalStateException().isThrownBy(this::take).withMessageContaining("all 120 blocks");

        taken.removeLast().release();
        take();
    }

    @Test
    void givesEachPortOnceBeforeAnyComesAgain() {
        PortBlock block = take();
        Set<Integer> ports = new HashSet<>();
        int first = block.next();
        for (int port = block.next(); port != first; port = block.next()) {
            assertThat(ports.add(port)).isTrue();
        }

        assertThat(ports).hasSizeGreaterThan(PortBlock.SIZE / 2);
    }

    @Test
    void leavesOutAPortThatSomebodyListensOn() throws IOException {
        PortBlock block = take();
        int port = block.next();
        try (var listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            for (int number = 0; number < PortBlock.SIZE; number++) {
                assertThat(block.next()).isNotEqualTo(listening.getLocalPort());
            }
        }
    }

    private PortBlock take() {
        PortBlock block = PortBlock.take(directory);
        taken.add(block);
        return block;
    }
}
