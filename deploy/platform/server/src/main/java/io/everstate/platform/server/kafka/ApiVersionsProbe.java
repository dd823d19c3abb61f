package io.everstate.platform.server.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks a broker for the versions it speaks, in the oldest form of that request, on a connection of its own. */
final class ApiVersionsProbe {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final short API_VERSIONS = 18;
    private static final int CORRELATION = 20_260;

    private final int port;

    ApiVersionsProbe(int port) {
        this.port = port;
    }

    boolean answers() {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            ask(new DataOutputStream(socket.getOutputStream()));
            return isAnswer(new DataInputStream(socket.getInputStream()));
        } catch (IOException e) {
            return false;
        }
    }

    private static void ask(DataOutputStream out) throws IOException {
        int headerLength = Short.BYTES + Short.BYTES + Integer.BYTES + Short.BYTES;
        out.writeInt(headerLength);
        out.writeShort(API_VERSIONS);
        out.writeShort(0);
        out.writeInt(CORRELATION);
        out.writeShort(-1); // no client id
        out.flush();
    }

    private static boolean isAnswer(DataInputStream in) throws IOException {
        int length = in.readInt();
        int correlation = in.readInt();
        short error = in.readShort();
        return length > Integer.BYTES && correlation == CORRELATION && error == 0;
    }
}
