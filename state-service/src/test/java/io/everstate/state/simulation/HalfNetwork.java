package io.everstate.state.simulation;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a server, on 127.0.0.1, that is not always a good one. What happens to a connection is what happens where a network is broken: who is
 * at its two ends is told nothing but what the condition says.
 */
final class HalfNetwork implements AutoCloseable {
    /** What is carried. */
    enum Condition {
        /** Everything, at once. */
        WELL,
        /** Questions; of the answers nothing, now or later, on the connections that there are and that come. */
        ANSWERS_LOST,
        /** Nothing: who sends, or connects, gets a reset. */
        RESET,
        /** Everything, together 1 Mbit/s in slices. */
        SLOW
    }

    private static final byte[] HOST = "127.0.0.1".getBytes(StandardCharsets.US_ASCII);
    private static final long BYTES_PER_SECOND = 1_000_000 / 8;
    private static final int SLICE = 1_000;
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket entrance;
    private final int server;
    private final boolean kafka;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong free = new AtomicLong(System.nanoTime());
    private volatile Condition condition = Condition.WELL;

    private HalfNetwork(int server, boolean kafka) throws IOException {
        this.server = server;
        this.kafka = kafka;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    /** The broker names its own address in answers; here it is replaced by this one's. */
    static HalfNetwork toKafka(String bootstrapServers) throws IOException {
        return new HalfNetwork(
                Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1)), true);
    }

    static HalfNetwork to(int port) throws IOException {
        return new HalfNetwork(port, false);
    }

    int port() {
        return entrance.getLocalPort();
    }

    void becomes(Condition now) {
        condition = now;
        if (now == Condition.RESET) {
            connections.forEach(Connection::reset);
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                begin(entrance.accept());
            } catch (IOException e) {
                // closed, or the server refused: who connected is told by the end of the connection
            }
        }
    }

    private void begin(Socket client) throws IOException {
        try {
            var connection = new Connection(client, new Socket(InetAddress.getLoopbackAddress(), server));
            connections.add(connection);
            if (condition == Condition.RESET) {
                connection.reset();
                return;
            }
            Thread.ofPlatform().daemon().start(connection::carryQuestions);
            Thread.ofPlatform().daemon().start(connection::carryAnswers);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        connections.forEach(Connection::reset);
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        /** Once an answer was lost the rest of them makes no sense. */
        private boolean lost;

        Connection(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void reset() {
            connections.remove(this);
            try {
                client.setSoLinger(true, 0);
                client.close();
                server.close();
            } catch (IOException e) {
                // it is over already
            }
        }

        void carryQuestions() {
            try {
                var in = client.getInputStream();
                var buffer = new byte[BUFFER];
                for (var length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    write(server.getOutputStream(), buffer, length);
                }
            } catch (IOException e) {
                // one of the two hung up
            } finally {
                reset();
            }
        }

        void carryAnswers() {
            try {
                var in = new DataInputStream(server.getInputStream());
                while (true) {
                    var answer = kafka ? redirected(frame(in)) : piece(in);
                    lost |= condition == Condition.ANSWERS_LOST;
                    if (!lost) {
                        write(client.getOutputStream(), answer, answer.length);
                    }
                }
            } catch (IOException e) {
                // as above; where answers are lost, so is the end of the connection
            } finally {
                if (!lost) {
                    reset();
                }
            }
        }

        private void write(OutputStream out, byte[] bytes, int length) throws IOException {
            for (var from = 0; from < length; ) {
                var slice = condition == Condition.SLOW ? Math.min(SLICE, length - from) : length - from;
                waitForTurn(slice);
                out.write(bytes, from, slice);
                out.flush();
                from += slice;
            }
        }
    }

    /** All connections share the way. */
    private void waitForTurn(int bytes) {
        if (condition != Condition.SLOW) {
            return;
        }
        var takes = bytes * 1_000_000_000L / BYTES_PER_SECOND;
        var end = free.updateAndGet(before -> Math.max(before, System.nanoTime()) + takes);
        for (var left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static byte[] piece(InputStream in) throws IOException {
        var buffer = new byte[BUFFER];
        var length = in.read(buffer);
        if (length < 0) {
            throw new IOException("the server hung up");
        }
        return Arrays.copyOf(buffer, length);
    }

    /** With its length in front. */
    private static byte[] frame(DataInputStream in) throws IOException {
        var length = in.readInt();
        var frame = ByteBuffer.allocate(Integer.BYTES + length).putInt(length);
        in.readFully(frame.array(), Integer.BYTES, length);
        return frame.array();
    }

    private byte[] redirected(byte[] answer) {
        var bytes = ByteBuffer.wrap(answer);
        for (var at = 0; at + HOST.length + Integer.BYTES <= answer.length; at++) {
            var place = at + HOST.length;
            if (Arrays.equals(answer, at, place, HOST, 0, HOST.length) && bytes.getInt(place) == server) {
                bytes.putInt(place, port());
            }
        }
        return answer;
    }
}
