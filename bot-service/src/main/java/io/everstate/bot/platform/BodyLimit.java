package io.everstate.bot.platform;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** No call takes a body of any size: what is too large is refused by its announced length, or when it turns out to be. */
class BodyLimit {
    static final long USUAL = 1 << 20;

    @ServerRequestFilter
    void limit(ContainerRequestContext request, ResourceInfo resource) {
        var method = resource.getResourceMethod();
        var own = method == null ? null : method.getAnnotation(LargestBody.class);
        var largest = own == null ? USUAL : own.value();
        var announced = announced(request);
        if (announced > largest) {
            throw tooLarge(largest);
        }
        if (announced < 0 && request.getHeaderString("Transfer-Encoding") != null) {
            request.setEntityStream(new Limited(request.getEntityStream(), largest));
        }
    }

    /** Below 0 when the request does not say it. */
    private static long announced(ContainerRequestContext request) {
        var length = request.getHeaderString("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    static ProblemException tooLarge(long largest) {
        return new ProblemException(
                ProblemType.TOO_LARGE, "the body must have at most %d bytes here".formatted(largest));
    }

    /** Fails behind its limit. */
    private static final class Limited extends FilterInputStream {
        private final long largest;
        private long read;

        Limited(InputStream in, long largest) {
            super(in);
            this.largest = largest;
        }

        @Override
        public int read() throws IOException {
            var one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var count = super.read(bytes, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int more) {
            read += more;
            if (read > largest) {
                throw tooLarge(largest);
            }
        }
    }
}
