package io.everstate.bot.document;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One connection of a saving bot to the service, on which it does what no client would. */
final class PlainSocket implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final SavingBot bot;
    private final Socket socket;

    private PlainSocket(SavingBot bot, int receiveBuffer) throws IOException {
        this.bot = bot;
        this.socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        socket.setSoTimeout(20_000);
    }

    static PlainSocket of(SavingBot bot) throws IOException {
        return new PlainSocket(bot, 0);
    }

    /** Whose buffers do not take a whole document. */
    static PlainSocket narrow(SavingBot bot) throws IOException {
        return new PlainSocket(bot, 1 << 12);
    }

    /** Announces a body. */
    PlainSocket begin(int length) throws IOException {
        write(head("POST", bot.path()) + "Content-Length: " + length + "\r\n\r\n");
        return this;
    }

    /** Begins a body of which nobody says how long it is. */
    PlainSocket beginChunked() throws IOException {
        write(head("POST", bot.path()) + "Transfer-Encoding: chunked\r\n\r\n");
        return this;
    }

    PlainSocket send(byte[] content, int length) throws IOException {
        socket.getOutputStream().write(content, 0, length);
        socket.getOutputStream().flush();
        return this;
    }

    PlainSocket sendChunks(byte[] content, int length) throws IOException {
        for (var from = 0; from < length; from += PIECE) {
            var count = Math.min(PIECE, length - from);
            write(Integer.toHexString(count) + "\r\n");
            socket.getOutputStream().write(content, from, count);
            write("\r\n");
        }
        return this;
    }

    PlainSocket endChunks() throws IOException {
        write("0\r\n\r\n");
        return this;
    }

    /** Sends one byte more; returns whether an answer has come. */
    boolean trickle() throws IOException {
        send(new byte[1], 1);
        return socket.getInputStream().available() > 0;
    }

    /** Asks for the newest document and reads its first bytes. */
    String readTheBeginning() throws IOException {
        write(head("GET", bot.path() + "/newest") + "\r\n");
        return new String(socket.getInputStream().readNBytes(1000), US_ASCII);
    }

    /** All that comes until the service closes the connection. */
    String answerToTheEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    /** An answer that ends with a JSON object. */
    String answer() throws IOException {
        var text = new StringBuilder();
        var in = socket.getInputStream();
        for (var next = in.read(); next >= 0 && text.indexOf("}") < 0; next = in.read()) {
            text.append((char) next);
        }
        return text.toString();
    }

    private String head(String method, String address) {
        return method + " " + address
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: a/b\r\nAuthorization: Bearer "
                + bot.token() + "\r\n";
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
