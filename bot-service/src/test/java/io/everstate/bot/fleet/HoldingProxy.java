package io.everstate.bot.fleet;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A way to the broker on which what is produced can be held back, also for longer than its sender lives or waits; everything else passes.
 * The broker names its own address in answers; here it is replaced by this one's.
 */
final class HoldingProxy implements AutoCloseable {
    private static final short PRODUCE = 0;
    private static final byte[] HOST = "127.0.0.1".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final int brokerPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger held = new AtomicInteger();
    private volatile @Nullable CountDownLatch gate;

    /** @param bootstrapServers of one broker */
    HoldingProxy(String bootstrapServers) throws IOException {
        this.brokerPort = Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** From now on nothing that is produced arrives. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    /** How many requests wait at the gate. */
    int held() {
        return held.get();
    }

    /** What waits goes on its way. */
    void release() {
        var closed = gate;
        gate = null;
        if (closed != null) {
            closed.countDown();
        }
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                var broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
                client.setTcpNoDelay(true);
                broker.setTcpNoDelay(true);
                sockets.addAll(List.of(client, broker));
                Thread.ofPlatform().daemon().start(() -> requests(client, broker));
                Thread.ofPlatform().daemon().start(() -> answers(broker, client));
            }
        } catch (IOException e) {
            // closed, or the broker is gone: nobody comes here any more
            release();
        }
    }

    private void requests(Socket client, Socket broker) {
        try (broker) {
            var in = new DataInputStream(client.getInputStream());
            var out = broker.getOutputStream();
            while (true) {
                var request = frame(in);
                if (ByteBuffer.wrap(request).getShort(Integer.BYTES) == PRODUCE) {
                    waitAtTheGate();
                }
                write(out, request);
            }
        } catch (IOException | InterruptedException e) {
            // one of the two hung up; closing the other's end tells it so
        }
    }

    private void waitAtTheGate() throws InterruptedException {
        var closed = gate;
        if (closed != null) {
            held.incrementAndGet();
            closed.await();
            held.decrementAndGet();
        }
    }

    private void answers(Socket broker, Socket client) {
        try (client) {
            var in = new DataInputStream(broker.getInputStream());
            var out = client.getOutputStream();
            while (true) {
                write(out, redirected(frame(in)));
            }
        } catch (IOException e) {
            // as above
        }
    }

    private static void write(OutputStream out, byte[] frame) throws IOException {
        out.write(frame);
        out.flush();
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
            var port = at + HOST.length;
            if (bytes.slice(at, HOST.length).equals(ByteBuffer.wrap(HOST)) && bytes.getInt(port) == brokerPort) {
                bytes.putInt(port, server.getLocalPort());
            }
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        release();
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
